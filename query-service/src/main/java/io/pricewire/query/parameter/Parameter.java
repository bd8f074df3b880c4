package io.pricewire.query.parameter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query parameter: what it is called, what it means, and how its text is read.
 *
 * @param name what it is called
 * @param description what it means, for the documentation
 * @param type its JSON type in the documentation: {@code string}, {@code integer}, {@code number} or {@code boolean}
 * @param choices the texts that it takes, for the documentation; empty where it takes others
 * @param read makes the value of the text; fails with a message that says what is accepted
 * @param <T> what it is read as
 */
public record Parameter<T>(
        String name, String description, String type, List<String> choices, Function<String, T> read) {

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_LIST = 1_000;
    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,38}(\\.\\d{1,38})?");

    /** A text of at most {@value #LONGEST_TEXT} characters. */
    public static Parameter<String> text(String name, String description) {
        return new Parameter<>(name, description, "string", List.of(), text -> {
            if (text.isBlank() || text.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "it has %d characters; it takes 1 to %d".formatted(text.length(), LONGEST_TEXT));
            }
            return text;
        });
    }

    /** Several texts with commas between them, without regard to their order. */
    public static Parameter<Set<String>> list(String name, String description) {
        return list(name, description, UnaryOperator.identity());
    }

    /** Several texts with commas between them, without regard to their order and to upper and lower case. */
    public static Parameter<Set<String>> upperCaseList(String name, String description) {
        return list(name, description, text -> text.toUpperCase(Locale.ROOT));
    }

    private static Parameter<Set<String>> list(String name, String description, UnaryOperator<String> normal) {
        return new Parameter<>(name, description + " Several with commas between them.", "string", List.of(), text -> {
            Set<String> values = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .map(normal)
                    .collect(Collectors.toSet());
            if (values.isEmpty() || values.contains("") || values.size() > LONGEST_LIST) {
                throw new IllegalArgumentException(
                        "\"%.100s\" is no list; it takes 1 to %d texts with commas between them"
                                .formatted(text, LONGEST_LIST));
            }
            return values;
        });
    }

    /** Several of these words with commas between them. */
    public static Parameter<Set<String>> choices(String name, String description, List<String> choices) {
        Parameter<Set<String>> list = list(name, description);
        return new Parameter<>(name, list.description, list.type, List.of(), text -> {
            Set<String> values = list.read.apply(text);
            if (!choices.containsAll(values)) {
                throw new IllegalArgumentException(
                        "\"%.100s\" is not accepted; it takes some of %s".formatted(text, String.join(", ", choices)));
            }
            return values;
        });
    }

    /** A whole number within bounds. */
    public static Parameter<Integer> integer(String name, String description, int least, int most) {
        return new Parameter<>(name, description, "integer", List.of(), text -> {
            if (text.matches("\\d{1,9}")) {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            }
            throw new IllegalArgumentException(
                    "\"%.100s\" is not accepted; it takes a whole number from %d to %d".formatted(text, least, most));
        });
    }

    /** A number in plain notation. */
    public static Parameter<BigDecimal> decimal(String name, String description) {
        return new Parameter<>(name, description, "number", List.of(), text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw new IllegalArgumentException("\"%.100s\" is no number in plain notation".formatted(text));
            }
            return new BigDecimal(text);
        });
    }

    /** {@code true} or {@code false}. */
    public static Parameter<Boolean> flag(String name, String description) {
        return new Parameter<>(name, description, "boolean", List.of(), text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"%.100s\" is neither true nor false".formatted(text));
        });
    }

    /** An instant by RFC 3339, from the year 1 to the year 9999. */
    public static Parameter<Instant> time(String name, String description) {
        return new Parameter<>(name, description + " RFC 3339.", "string", List.of(), text -> {
            try {
                Instant time = OffsetDateTime.parse(text).toInstant();
                if (isKnownToCalendars(time)) {
                    return time;
                }
            } catch (DateTimeException e) {
                // answered below
            }
            throw new IllegalArgumentException(
                    "\"%.100s\" is no time; it takes RFC 3339, as 2026-11-21T07:00:00Z".formatted(text));
        });
    }

    /** Whether it lies within the four-digit years, of which the database and every client can make something. */
    static boolean isKnownToCalendars(Instant time) {
        return !time.isBefore(FIRST_TIME) && !time.isAfter(LAST_TIME);
    }

    /** A UUID. */
    public static Parameter<UUID> uuid(String name, String description) {
        return new Parameter<>(name, description, "string", List.of(), text -> {
            if (!UUID_FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("\"%.100s\" is no UUID".formatted(text));
            }
            return UUID.fromString(text);
        });
    }

    /** One of several words. */
    public static Parameter<String> choice(String name, String description, List<String> choices) {
        return new Parameter<>(name, description, "string", choices, text -> {
            if (!choices.contains(text)) {
                throw new IllegalArgumentException(
                        "\"%.100s\" is not accepted; it takes one of %s".formatted(text, String.join(", ", choices)));
            }
            return text;
        });
    }
}
