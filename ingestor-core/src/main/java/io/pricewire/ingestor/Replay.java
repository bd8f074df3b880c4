package io.pricewire.ingestor;

/**
 * A refused record that is to be read again.
 *
 * @param rejectionId under which it was published as rejected, and is again if it still cannot be read
 * @param text the record as the source gave it
 * @param context what the source said that it needs besides
 * @param file in which it stood; empty where there was none
 * @param line where it starts in its file, from 1; 0 where there is no file
 */
public record Replay(String rejectionId, String text, String context, String file, long line) {}
