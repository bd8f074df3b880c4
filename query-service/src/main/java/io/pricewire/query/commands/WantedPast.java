package io.pricewire.query.commands;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be read of the past.
 *
 * @param asset the canonical asset
 * @param from the earliest time that is meant
 * @param before the earliest time after it that is not meant any more
 */
record WantedPast(String asset, Instant from, Instant before) {

    static final Parameter<Instant> FROM = Parameter.time("from", "Reads the past, from this time on. It takes asset.");

    static final Parameter<Instant> TO =
            Parameter.time("to", "Reads the past, before this time: now unless given. It takes from.");

    static final Parameter<String> ASSET =
            Parameter.text("asset", "Reads the past of this asset, by its canonical id. It takes from.");

    /** Null where nothing of the past is wanted. */
    static @Nullable WantedPast of(Arguments arguments, Instant now) {
        Instant from = arguments.find(FROM);
        String asset = arguments.find(ASSET);
        if (from == null && asset == null && !arguments.has(TO)) {
            return null;
        }
        if (from == null) {
            throw bad("from", "it is missing; the past takes from and asset");
        }
        if (asset == null) {
            throw bad("asset", "it is missing; the past takes from and asset");
        }
        Instant to = arguments.get(TO, now);
        Instant before = to.isBefore(now) ? to : now;
        if (!from.isBefore(before)) {
            throw arguments.has(TO) && from.isBefore(now)
                    ? bad("to", "it is not after from")
                    : bad("from", "it is not in the past");
        }
        return new WantedPast(asset, from, before);
    }

    private static ProblemException bad(String parameter, String detail) {
        return ProblemException.badParameters(List.of(new ParameterError(parameter, detail)));
    }
}
