package io.pricewire.query.stream;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.Numbers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client wants to see. Everything that is not given matches, but for the origin. */
final class StreamRequest {

    private static final Parameter<Set<String>> ASSET = Parameter.list("asset", "Only of these assets, by their ids.");
    private static final Parameter<Set<String>> SYMBOL =
            Parameter.upperCaseList("symbol", "Only of assets that bear one of these symbols.");
    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only from these sources.");
    private static final Parameter<Set<String>> QUOTE =
            Parameter.upperCaseList("quote", "Only in these quote currencies.");
    private static final Parameter<Set<String>> ORIGIN = Parameter.list(
            "origin",
            "Only what came to be known in these ways: live, file, backfill, replay; live,replay unless given.");
    private static final Parameter<Boolean> SNAPSHOT = Parameter.flag(
            "snapshot", "Whether the latest prices come first: true unless given. Not when a position is given.");
    static final Parameter<String> LAST_EVENT_ID = new Parameter<>(
            "last_event_id",
            "The id of the last event that was received; the header Last-Event-ID wins.",
            "string",
            List.of(),
            text -> text);

    static final Parameters PARAMETERS =
            Parameters.of(ASSET, SYMBOL, SOURCE, QUOTE, ORIGIN, SNAPSHOT, LAST_EVENT_ID, Numbers.PARAMETER);

    private static final Set<String> DEFAULT_ORIGINS = Set.of("live", "replay");

    private final @Nullable Set<String> assets;
    private final @Nullable Set<String> symbols;
    private final @Nullable Set<String> sources;
    private final @Nullable Set<String> quotes;
    private final Set<String> origins;
    private final boolean wantsSnapshot;
    private final Numbers numbers;

    StreamRequest(Arguments arguments) {
        this.assets = arguments.find(ASSET);
        this.symbols = arguments.find(SYMBOL);
        this.sources = arguments.find(SOURCE);
        this.quotes = arguments.find(QUOTE);
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
        return isIn(assets, price.assetId())
                && isIn(symbols, price.symbol())
                && isIn(sources, price.source())
                && isIn(quotes, price.quote())
                && origins.contains(price.origin());
    }

    private static boolean isIn(@Nullable Set<String> wanted, String value) {
        return wanted == null || wanted.contains(value);
    }
}
