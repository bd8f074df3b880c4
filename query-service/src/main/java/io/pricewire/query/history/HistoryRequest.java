package io.pricewire.query.history;

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
 * Which observations are asked for; null is whichever.
 *
 * @param asset the canonical asset
 * @param from the first time that counts
 * @param to the first time that does not count any longer
 */
record HistoryRequest(
        String asset,
        @Nullable Set<String> sources,
        @Nullable Set<String> quotes,
        @Nullable Set<String> intervals,
        @Nullable Instant from,
        @Nullable Instant to,
        Paging paging) {

    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only from these sources.");
    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");
    private static final Parameter<Set<String>> INTERVAL =
            Parameter.list("interval", "Only ticks (tick), or bars of this length (1d).");
    private static final Parameter<Instant> FROM = Parameter.time("from", "Only observed at this time or later.");
    private static final Parameter<Instant> TO = Parameter.time("to", "Only observed before this time.");

    static final Parameters PARAMETERS =
            Parameters.of(SOURCE, QUOTE, INTERVAL, FROM, TO).and(Paging.PARAMETERS);

    static HistoryRequest of(String asset, Arguments arguments) {
        Instant from = arguments.find(FROM);
        Instant to = arguments.find(TO);
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.badParameters(List.of(new ParameterError("to", "it is not after from")));
        }
        return new HistoryRequest(
                asset,
                arguments.find(SOURCE),
                arguments.find(QUOTE),
                arguments.find(INTERVAL),
                from,
                to,
                Paging.of(arguments));
    }
}
