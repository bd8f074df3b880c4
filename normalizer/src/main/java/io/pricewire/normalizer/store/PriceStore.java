package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import io.pricewire.normalizer.observation.Observation;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what was normalized in Postgres. Writing the same batch again changes nothing, and a batch that arrives late
 * replaces nothing that is newer.
 */
public final class PriceStore {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final BinaryOperator<StoredObservation> LATER_FETCHED =
            BinaryOperator.maxBy(Comparator.comparing(StoredObservation::observation, Observation.BY_FETCH));

    private final DatabaseClient client;
    private final Partitions history;
    private final Partitions raw;

    public PriceStore(DatabaseClient client) {
        this.client = client;
        this.history = Partitions.monthly("price_history", client);
        this.raw = Partitions.daily("raw_observation", client);
    }

    /**
     * Writes the batch, all of it or nothing. Fails where that takes longer than a minute: a server that went away without
     * a word would be waited for for ever.
     *
     * @return of the batch's newest price of each key, the event id of those that are now the newest of all
     */
    public Mono<Map<LatestKey, String>> write(WriteBatch batch) {
        List<StoredObservation> observations = batch.observations();
        return history.ensure(observations.stream().map(row -> row.observation().observedAt()))
                .then(Mono.defer(() -> raw.ensure(
                        observations.stream().map(row -> row.observation().ingestedAt()))))
                .thenMany(Flux.defer(() -> execute(batch)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(TIMEOUT);
    }

    private Flux<Map.Entry<LatestKey, String>> execute(WriteBatch batch) {
        List<Object> parameters = new ArrayList<>();
        parameters.addAll(Tables.OBSERVATIONS.arrays(mergeRepeats(batch.observations())));
        parameters.addAll(Tables.PAYLOADS.arrays(batch.observations()));
        parameters.addAll(Tables.ALIASES.arrays(batch.aliases().stream()
                .sorted(Comparator.comparing(alias -> alias.key().toString()))
                .toList()));
        parameters.addAll(Tables.REJECTIONS.arrays(batch.rejections()));
        parameters.addAll(Tables.RUNS.arrays(batch.runs()));
        parameters.addAll(Tables.CHECKPOINTS.arrays(batch.checkpoints()));
        DatabaseClient.GenericExecuteSpec statement = client.sql(WriteStatement.SQL);
        for (int i = 0; i < parameters.size(); i++) {
            statement = statement.bind(i, parameters.get(i));
        }
        return statement
                .map(row -> Map.entry(new LatestKey(text(row, 0), text(row, 1), text(row, 2)), text(row, 3)))
                .all();
    }

    private static String text(Readable row, int column) {
        return requireNonNull(row.get(column, String.class));
    }

    /** One row for each key, as a statement cannot touch a row twice: the one that would win one after the other. */
    private static List<StoredObservation> mergeRepeats(List<StoredObservation> observations) {
        Map<HistoryKey, StoredObservation> merged = new TreeMap<>();
        for (StoredObservation row : observations) {
            merged.merge(HistoryKey.of(row.observation()), row, LATER_FETCHED);
        }
        return List.copyOf(merged.values());
    }
}
