package io.pricewire.query.stream;

import io.pricewire.query.json.Numbers;
import io.pricewire.query.json.Shown;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.WantedPrices;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import io.pricewire.query.reference.KnownReference;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a client wants to see. Everything that is not given matches, but for the origin.
 *
 * @param <P> what is streamed
 */
final class StreamRequest<P extends Shown> {

    private static final String REFERENCE = "reference";
    private static final Parameter<String> KIND = Parameter.choice(
            "kind",
            "What sources say (observed, unless given), or one price of each asset made of what all say (reference),"
                    + " of which there is no source and no origin.",
            List.of("observed", REFERENCE));
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
            WantedPrices.PARAMETERS.and(Parameters.of(ORIGIN, KIND, SNAPSHOT, LAST_EVENT_ID, Numbers.PARAMETER));

    private static final Set<String> DEFAULT_ORIGINS = Set.of("live", "replay");

    private final Predicate<P> wanted;
    private final boolean wantsSnapshot;
    private final Numbers numbers;

    private StreamRequest(Predicate<P> wanted, Arguments arguments) {
        this.wanted = wanted;
        this.wantsSnapshot = arguments.get(SNAPSHOT, true);
        this.numbers = Numbers.of(arguments);
    }

    /** Whether reference prices are asked for, not what sources say. */
    static boolean isForReferences(Arguments arguments) {
        return arguments.get(KIND, "").equals(REFERENCE);
    }

    static StreamRequest<KnownPrice> forObserved(Arguments arguments) {
        WantedPrices wanted = new WantedPrices(arguments);
        Set<String> origins = arguments.get(ORIGIN, DEFAULT_ORIGINS);
        return new StreamRequest<>(price -> wanted.matches(price) && origins.contains(price.origin()), arguments);
    }

    /**
     * A request for reference prices.
     *
     * @throws ProblemException where it asks for what they do not have
     */
    static StreamRequest<KnownReference> forReferences(Arguments arguments) {
        List<ParameterError> errors = Stream.of(WantedPrices.SOURCE, ORIGIN)
                .filter(arguments::has)
                .map(parameter -> new ParameterError(
                        parameter.name(), "a reference price has none; it is taken with kind=observed"))
                .toList();
        if (!errors.isEmpty()) {
            throw ProblemException.badParameters(errors);
        }
        WantedPrices wanted = new WantedPrices(arguments);
        return new StreamRequest<>(
                price -> wanted.matches(price.assetId(), price.symbolInCapitals(), price.quote()), arguments);
    }

    boolean wantsSnapshot() {
        return wantsSnapshot;
    }

    Numbers numbers() {
        return numbers;
    }

    boolean matches(P price) {
        return wanted.test(price);
    }
}
