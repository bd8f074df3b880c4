package io.pricewire.query.sources;

import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.runs.IngestorRuns;
import io.pricewire.query.runs.RunView;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of the sources: those of which there are prices, and those whose ingestors have run without any. */
final class Sources {

    private final Map<String, IngestorRuns> ingestors;
    private final Map<String, List<KnownPrice>> prices;
    private final Instant now;

    Sources(Collection<IngestorRuns> ingestors, Collection<KnownPrice> prices, Instant now) {
        this.ingestors = ingestors.stream().collect(Collectors.toMap(IngestorRuns::ingestor, Function.identity()));
        this.prices = prices.stream().collect(Collectors.groupingBy(KnownPrice::source));
        this.now = now;
    }

    /** All of them, by name. */
    List<SourceView> all() {
        Stream<String> withoutPrices = ingestors.keySet().stream()
                .filter(ingestor -> prices.keySet().stream()
                        .noneMatch(source -> ingestorOf(source).equals(ingestor)));
        return Stream.concat(prices.keySet().stream(), withoutPrices)
                .sorted()
                .map(this::view)
                .toList();
    }

    /** The files of several providers are sources of their own, {@code csv-kaggle}, read by one ingestor. */
    private String ingestorOf(String source) {
        int dash = source.indexOf('-');
        return ingestors.containsKey(source) || dash < 0 ? source : source.substring(0, dash);
    }

    private SourceView view(String source) {
        List<KnownPrice> known = prices.getOrDefault(source, List.of());
        long stale = known.stream().filter(price -> price.isStale(now)).count();
        String ingestor = ingestorOf(source);
        IngestorRuns runs = ingestors.getOrDefault(ingestor, new IngestorRuns(ingestor, null, null, null));
        RunView last = runs.last();
        return new SourceView(
                source,
                ingestor,
                state(last, !known.isEmpty() && stale == known.size()),
                last == null ? null : last.error(),
                known.size(),
                stale,
                known.stream()
                        .map(KnownPrice::observedAt)
                        .max(Instant::compareTo)
                        .orElse(null),
                last == null ? null : last.budgetLeft(),
                last,
                runs.lastSuccessAt(),
                runs.lastFailureAt(),
                last == null ? null : last.nextRunAt());
    }

    private static String state(@Nullable RunView last, boolean isStale) {
        if (last != null && last.status().equals("failure")) {
            return last.seen() == 0 ? "unavailable" : "degraded";
        }
        if (isStale) {
            return "stale";
        }
        return last == null ? "idle" : last.status();
    }
}
