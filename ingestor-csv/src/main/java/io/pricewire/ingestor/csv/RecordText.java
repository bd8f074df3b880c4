package io.pricewire.ingestor.csv;

/**
 * One record of a CSV file as it stands there, without its line end.
 *
 * @param text its characters; where its bytes are no UTF-8, what could be made of them
 * @param isUtf8 whether its bytes are UTF-8
 * @param line the line at which it starts, from 1
 * @param nextOffset the byte at which the next record starts
 * @param nextLine the line at which the next record starts
 */
record RecordText(String text, boolean isUtf8, long line, long nextOffset, long nextLine) {

    boolean isBlank() {
        return text.isBlank();
    }
}
