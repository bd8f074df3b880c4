package io.pricewire.normalizer.observation;

import java.util.regex.Pattern;

/** Ids, of events and of runs, as they are written in messages. */
public final class Uuids {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Uuids() {}

    public static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    public static boolean isUuidOrEmpty(String text) {
        return text.isEmpty() || isUuid(text);
    }
}
