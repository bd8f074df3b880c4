package io.pricewire.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Durations as people write them in variables: {@code 30}, {@code 0.5}, {@code 10s}, {@code 15m}; also {@code PT1H}. */
@ConfigurationPropertiesBinding
public final class DurationConverter implements GenericConverter {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d|)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ms", new BigDecimal(1_000_000L),
            "", new BigDecimal(1_000_000_000L),
            "s", new BigDecimal(1_000_000_000L),
            "m", new BigDecimal(60_000_000_000L),
            "h", new BigDecimal(3_600_000_000_000L),
            "d", new BigDecimal(86_400_000_000_000L));

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(
                new ConvertiblePair(String.class, Duration.class), new ConvertiblePair(Number.class, Duration.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        // A variable that is set to nothing is one that is not set.
        return source == null || source.toString().isBlank() ? null : read(source.toString());
    }

    /**
     * Reads a duration; without a unit it is seconds.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Duration read(String text) {
        Matcher simple = NUMBER_AND_UNIT.matcher(text.strip());
        if (simple.matches()) {
            BigDecimal nanos = new BigDecimal(simple.group(1)).multiply(NANOS.get(simple.group(2)));
            return Duration.ofSeconds(
                            nanos.divideToIntegralValue(NANOS.get("s")).longValueExact())
                    .plusNanos(nanos.remainder(NANOS.get("s")).longValue());
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no duration; it takes seconds, or a number with ms, s, m, h or d".formatted(text), e);
        }
    }
}
