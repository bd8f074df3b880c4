package io.pricewire.ingestor.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CSV file into its records, and knows the byte at which each ends, so that reading can go on there. A line ends
 * with {@code \n}, {@code \r} or both. A quote opens only at the start of a cell, elsewhere it is a character; a line end
 * within quotes belongs to the record; a quote that is never closed would make the rest of the file one record, so a
 * record of more than {@value #LONGEST_RECORD} bytes ends at its first line end, or there where it has none. Not thread-safe.
 */
final class RecordSplitter {

    static final int LONGEST_RECORD = 1 << 16;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final CharsetDecoder strict = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private boolean isExhausted;
    private long offset;
    private long line;

    /**
     * @param in the file from the given position on; whoever opened it closes it
     * @param offset the byte at which it starts
     * @param line the line at which it starts, from 1
     */
    RecordSplitter(InputStream in, long offset, long line) {
        this.in = in;
        this.offset = offset;
        this.line = line;
    }

    /** The next record; null after the last. */
    @Nullable RecordText next() throws IOException {
        if (offset == 0 && start == 0) {
            skipByteOrderMark();
        }
        int length = lengthOfNext();
        if (length < 0) {
            return null;
        }
        int content = length;
        while (content > 0 && isLineEnd(buffer[start + content - 1])) {
            content--;
        }
        long firstLine = line;
        line += lines(start, start + length);
        int from = start;
        start += length;
        offset += length;
        return decode(from, content, firstLine);
    }

    private RecordText decode(int from, int length, long firstLine) {
        try {
            String text = strict.decode(ByteBuffer.wrap(buffer, from, length)).toString();
            return new RecordText(text, true, firstLine, offset, line);
        } catch (CharacterCodingException notUtf8) {
            String text = new String(buffer, from, length, StandardCharsets.UTF_8);
            return new RecordText(text, false, firstLine, offset, line);
        }
    }

    /** The bytes up to and with the line end that ends the record; -1 where there are none left. */
    private int lengthOfNext() throws IOException {
        Quotes quotes = new Quotes();
        int firstLineEnd = -1;
        for (int length = 0; ; length++) {
            if (!has(length)) {
                if (length == 0) {
                    return -1;
                }
                return quotes.areOpen() && firstLineEnd > 0 ? firstLineEnd : length;
            }
            byte next = buffer[start + length];
            if (isLineEnd(next)) {
                int lineEnd =
                        next == '\r' && has(length + 1) && buffer[start + length + 1] == '\n' ? length + 2 : length + 1;
                if (!quotes.areOpen()) {
                    return lineEnd;
                }
                firstLineEnd = firstLineEnd < 0 ? lineEnd : firstLineEnd;
            }
            quotes.read(next);
            if (length == LONGEST_RECORD) {
                return firstLineEnd > 0 ? firstLineEnd : length;
            }
        }
    }

    /** Whether there is a byte so far behind the start. */
    private boolean has(int length) throws IOException {
        return start + length < end || fill();
    }

    private int lines(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            boolean isFirstOfTwo = buffer[i] == '\r' && i + 1 < to && buffer[i + 1] == '\n';
            if (isLineEnd(buffer[i]) && !isFirstOfTwo) {
                count++;
            }
        }
        return count;
    }

    private void skipByteOrderMark() throws IOException {
        while (end < BYTE_ORDER_MARK.length && fill()) {
            // until there is enough to look at
        }
        if (Arrays.mismatch(buffer, 0, Math.min(end, 3), BYTE_ORDER_MARK, 0, 3) < 0) {
            start = BYTE_ORDER_MARK.length;
            offset = BYTE_ORDER_MARK.length;
        }
    }

    /** Reads more behind what is there; false at the end of the file. */
    private boolean fill() throws IOException {
        if (isExhausted) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        isExhausted = read < 0;
        end += Math.max(read, 0);
        return !isExhausted;
    }

    private static boolean isLineEnd(byte character) {
        return character == '\n' || character == '\r';
    }

    /** Whether what is read of a record is within quotes. Two quotes within quotes stand for one, and close nothing. */
    private static final class Quotes {

        private boolean open;
        private boolean mayOpen = true;

        void read(byte character) {
            if (character == '"' && (open || mayOpen)) {
                open = !open;
                mayOpen = !open;
            } else {
                mayOpen = character == ',' && !open;
            }
        }

        boolean areOpen() {
            return open;
        }
    }
}
