package io.pricewire.query.parameter;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in a list, which stays a place when rows around it change, come and go: what the list is sorted by, of the row
 * after which to go on. Opaque to clients; one that was not made for the list is the client's mistake.
 */
public final class Cursor {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,200}(\\.\\d{1,200})?");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<@Nullable String>> TEXTS = new TypeReference<>() {};

    private final List<@Nullable String> parts;

    private Cursor(List<@Nullable String> parts) {
        this.parts = parts;
    }

    public static Cursor of(@Nullable String... parts) {
        return new Cursor(Arrays.<@Nullable String>asList(parts));
    }

    /** Reads a cursor of so many parts. */
    public static Cursor parse(String text, int count) {
        try {
            List<@Nullable String> parts = JSON.readValue(Base64.getUrlDecoder().decode(text), TEXTS);
            if (parts.size() == count && parts.stream().noneMatch(Cursor::hasNul)) {
                return new Cursor(parts);
            }
        } catch (IllegalArgumentException | JacksonException e) {
            // answered below
        }
        throw Paging.badCursor();
    }

    /** As the client gets it: made of characters that need no escapes. */
    public String text() {
        byte[] json = JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    public @Nullable String find(int part) {
        return parts.get(part);
    }

    public String get(int part) {
        String text = parts.get(part);
        if (text == null) {
            throw Paging.badCursor();
        }
        return text;
    }

    public Instant time(int part) {
        try {
            Instant time = Instant.parse(get(part));
            if (Parameter.isKnownToCalendars(time)) {
                return time;
            }
        } catch (DateTimeException e) {
            // answered below
        }
        throw Paging.badCursor();
    }

    /** A number as {@link BigDecimal#toPlainString} writes it; of 200 digits at most on each side of the point. */
    public BigDecimal number(int part) {
        String text = get(part);
        if (!NUMBER.matcher(text).matches()) {
            throw Paging.badCursor();
        }
        return new BigDecimal(text);
    }

    public UUID uuid(int part) {
        try {
            return UUID.fromString(get(part));
        } catch (IllegalArgumentException e) {
            throw Paging.badCursor();
        }
    }

    private static boolean hasNul(@Nullable String part) {
        return part != null && part.indexOf('\0') >= 0;
    }
}
