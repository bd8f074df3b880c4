package io.pricewire.query.candles;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Paging;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which candles are asked for.
 *
 * @param asset the canonical asset
 * @param quotes the quote currencies; null for whichever
 * @param from the first time that counts; null for whenever
 * @param to the first time that does not count any longer; null for never
 */
record CandleRequest(
        String asset,
        Interval interval,
        Set<String> sources,
        @Nullable Set<String> quotes,
        @Nullable Instant from,
        @Nullable Instant to,
        Paging paging) {

    /** Under which name the reference price is kept. */
    static final String REFERENCE = "reference";

    private static final Parameter<String> INTERVAL = Parameter.choice(
            "interval",
            "The length of the candles: %s unless given. Longer ones are made of shorter ones where the source has no bar."
                    .formatted(Interval.DEFAULT.code()),
            Interval.codes());
    private static final Parameter<Set<String>> SOURCE = Parameter.list(
            "source",
            "From these sources: reference, the reference price, unless given. An asset that is known only from files"
                    + " or backfills has no candles of it, as it is made of what is fresh; name the source there.");
    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");
    private static final Parameter<Instant> FROM = Parameter.time("from", "Only that opened at this time or later.");
    private static final Parameter<Instant> TO = Parameter.time("to", "Only that opened before this time.");

    static final Parameters PARAMETERS =
            Parameters.of(INTERVAL, SOURCE, QUOTE, FROM, TO).and(Paging.PARAMETERS);

    static CandleRequest of(String asset, Arguments arguments) {
        Instant from = arguments.find(FROM);
        Instant to = arguments.find(TO);
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.badParameters(List.of(new ParameterError("to", "it is not after from")));
        }
        return new CandleRequest(
                asset,
                Interval.of(arguments.get(INTERVAL, Interval.DEFAULT.code())),
                arguments.get(SOURCE, Set.of(REFERENCE)),
                arguments.find(QUOTE),
                from,
                to,
                Paging.of(arguments));
    }
}
