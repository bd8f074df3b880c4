package io.pricewire.normalizer.observation;

/** Ids, of events and of runs, as they are written in messages. */
public final class Uuids {

    private static final String SHAPE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private Uuids() {}

    /** Whether it is one, in lower case. Every observation is asked for two, so there is no pattern here. */
    public static boolean isUuid(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char character = text.charAt(i);
            if (SHAPE.charAt(i) == '-' ? character != '-' : !isHexadecimal(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexadecimal(char character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    public static boolean isUuidOrEmpty(String text) {
        return text.isEmpty() || isUuid(text);
    }
}
