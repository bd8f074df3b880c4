package io.pricewire.ingestor.http;

import java.util.Arrays;
import java.util.List;

/** Which of a source's coins are asked for. */
public sealed interface Coins {

    /** All that the source has. */
    record All() implements Coins {}

    /** Those with the greatest market cap. */
    record Top(int most) implements Coins {}

    /** Those with these ids. */
    record Only(List<String> ids) implements Coins {

        public Only {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Reads what somebody has set: {@code all}, {@code top:100}, or ids with commas between them.
     *
     * @param name of the setting
     * @throws IllegalArgumentException where it is none of these
     */
    static Coins of(String name, String text) {
        String setting = text.strip();
        if (setting.equals("all")) {
            return new All();
        }
        if (setting.matches("top:[1-9]\\d{0,5}")) {
            return new Top(Integer.parseInt(setting.substring("top:".length())));
        }
        List<String> ids = Arrays.stream(setting.split(",", -1))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        if (ids.isEmpty() || setting.startsWith("top:")) {
            throw new IllegalArgumentException(
                    "%s is \"%s\"; it takes all, top:100, or ids with commas between them".formatted(name, text));
        }
        return new Only(ids);
    }
}
