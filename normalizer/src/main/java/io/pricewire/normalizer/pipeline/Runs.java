package io.pricewire.normalizer.pipeline;

import java.util.regex.Pattern;

/** Ids of runs. */
final class Runs {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Runs() {}

    static boolean isId(String text) {
        return UUID.matcher(text).matches();
    }

    /** The id, or nothing where the text is none. */
    static String idOrNone(String text) {
        return isId(text) ? text : "";
    }
}
