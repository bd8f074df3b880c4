package io.pricewire.normalizer.observation;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event says before it is judged: anything may be missing in it. A market cap or a supply of 0 says that it is
 * not known, whoever says it, and is left out here.
 */
public final class Candidate {

    private static final int MOST_DIGITS = 38;
    private static final Set<Figure> UNKNOWN_IF_ZERO = Set.of(
            Figure.MARKET_CAP,
            Figure.FULLY_DILUTED_VALUATION,
            Figure.CIRCULATING_SUPPLY,
            Figure.TOTAL_SUPPLY,
            Figure.MAX_SUPPLY);

    private final Event<PriceObserved> event;
    private final Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
    private final List<Reason> malformed = new ArrayList<>();
    private Figures known;

    private Candidate(Event<PriceObserved> event) {
        this.event = event;
        this.known = event.value().getFigures();
        for (Figure figure : Figure.values()) {
            if (figure.isIn(known)) {
                read(figure, figure.digits(known));
            }
        }
    }

    public static Candidate of(Event<PriceObserved> event) {
        return new Candidate(event);
    }

    public Event<PriceObserved> event() {
        return event;
    }

    public PriceObserved message() {
        return event.value();
    }

    /** Its decimals, as far as they are known and could be read. */
    public Map<Figure, BigDecimal> figures() {
        return figures;
    }

    /** What could not even be read. */
    public List<Reason> malformed() {
        return malformed;
    }

    /** When the source saw it; null where that is missing or no time that a calendar has. */
    public @Nullable Instant observedAt() {
        return message().hasObservedAt() ? instant(message().getObservedAt()) : null;
    }

    /** When the ingestor fetched it; null where that is missing or no time that a calendar has. */
    public @Nullable Instant ingestedAt() {
        return message().hasIngestedAt() ? instant(message().getIngestedAt()) : null;
    }

    /** When it was read from a file that says when it was fetched; null where that is missing or no time that a calendar has. */
    public @Nullable Instant readAt() {
        return message().hasReadAt() ? instant(message().getReadAt()) : null;
    }

    /** How long after its time it is stale; null where that is no duration. */
    public @Nullable Duration staleAfter() {
        com.google.protobuf.Duration given = message().getStaleAfter();
        try {
            return Duration.ofSeconds(given.getSeconds(), given.getNanos());
        } catch (ArithmeticException outOfRange) {
            return null;
        }
    }

    /** The observation; only of a candidate that was found to be in order. */
    public Observation toObservation() {
        PriceObserved message = message();
        return new Observation(
                event.attributes().id(),
                message.getSource(),
                message.getSourceAssetId(),
                message.getSymbol().toUpperCase(Locale.ROOT),
                message.getName(),
                message.getQuote(),
                message.getInterval(),
                requireNonNull(observedAt()),
                message.getObservedAtAssumed(),
                requireNonNull(ingestedAt()),
                requireNonNull(staleAfter()),
                origin(message.getOrigin()),
                message.getRunId(),
                figures,
                known,
                message.getFigures().hasRank() ? message.getFigures().getRank() : null,
                event);
    }

    private void read(Figure figure, String digits) {
        if (!isPlain(digits)) {
            malformed.add(new Reason(
                    "decimal_malformed",
                    "%s is \"%.100s\"; it takes plain digits, at most 38 before and 38 after the point"
                            .formatted(figure.column(), digits)));
            return;
        }
        BigDecimal number = new BigDecimal(digits);
        if (number.signum() == 0 && UNKNOWN_IF_ZERO.contains(figure)) {
            known = figure.without(known);
        } else {
            figures.put(figure, number);
        }
    }

    /** Plain digits with or without a sign and a point. Every number is asked, so there is no pattern here. */
    private static boolean isPlain(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        return point < 0
                ? areDigits(text, start, text.length())
                : areDigits(text, start, point) && areDigits(text, point + 1, text.length());
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to && to - from <= MOST_DIGITS;
    }

    static @Nullable Instant instant(Timestamp timestamp) {
        try {
            return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos())
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return null;
        }
    }

    /** {@code ORIGIN_LIVE} is {@code live} in tables and in the API. */
    private static String origin(Origin origin) {
        return origin.name().substring("ORIGIN_".length()).toLowerCase(Locale.ROOT);
    }
}
