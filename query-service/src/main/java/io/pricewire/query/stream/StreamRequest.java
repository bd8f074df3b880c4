package io.pricewire.query.stream;

import io.pricewire.query.json.Numbers;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.WantedPrices;
import java.util.List;
import java.util.Set;

/** What a client wants to see. Everything that is not given matches, but for the origin. */
final class StreamRequest {

    private static final Parameter<Set<String>> ORIGIN = Parameter.choices(
            "origin",
            "Only what came to be known in these ways: live, file, backfill, replay; live,replay unless given.",
            List.of("live", "file", "backfill", "replay"));
    private static final Parameter<Boolean> SNAPSHOT = Parameter.flag(
            "snapshot", "Whether the latest prices come first: true unless given. Not when a position is given.");
    static final Parameter<String> LAST_EVENT_ID = new Parameter<>(
            "last_event_id",
            "The id of the last event that was received; the header Last-Event-ID wins.",
            "string",
            List.of(),
            text -> text);

    static final Parameters PARAMETERS =
            WantedPrices.PARAMETERS.and(Parameters.of(ORIGIN, SNAPSHOT, LAST_EVENT_ID, Numbers.PARAMETER));

    private static final Set<String> DEFAULT_ORIGINS = Set.of("live", "replay");

    private final WantedPrices wanted;
    private final Set<String> origins;
    private final boolean wantsSnapshot;
    private final Numbers numbers;

    StreamRequest(Arguments arguments) {
        this.wanted = new WantedPrices(arguments);
        this.origins = arguments.get(ORIGIN, DEFAULT_ORIGINS);
        this.wantsSnapshot = arguments.get(SNAPSHOT, true);
        this.numbers = Numbers.of(arguments);
    }

    boolean wantsSnapshot() {
        return wantsSnapshot;
    }

    Numbers numbers() {
        return numbers;
    }

    boolean matches(KnownPrice price) {
        return wanted.matches(price) && origins.contains(price.origin());
    }
}
