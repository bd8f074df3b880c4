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

    private static final int LONGEST_SHOWN = 200;

    boolean isBlank() {
        return text.isBlank();
    }

    /** Its beginning, for a message: characters that cannot be seen are written as their numbers. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST_SHOWN).forEach(character -> {
            if (Character.isISOControl(character)) {
                shown.append("\\u%04x".formatted(character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST_SHOWN ? shown + "…" : shown.toString();
    }
}
