package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import io.pricewire.normalizer.identity.SourceAsset;
import io.pricewire.normalizer.observation.Observation;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final String sql;
    private final Partitions history;
    private final Partitions raw;
    private final boolean keepsPayloads;

    /**
     * @param keepsPayloads whether what the source sent is kept too
     */
    public PriceStore(DatabaseClient client, boolean keepsPayloads, CandleSettings candles) {
        this.client = client;
        this.keepsPayloads = keepsPayloads;
        this.sql = WriteStatement.sql(candles);
        this.history = Partitions.monthly("price_history", client);
        this.raw = Partitions.daily("raw_observation", client);
    }

    /**
     * Writes the batch: in one statement, all of it or nothing; where Postgres refuses its data, in halves, and halves of
     * halves, until the row at fault stands alone and is left out. Where Postgres is away or asks to try again it does, for
     * some minutes. A statement fails that takes longer than a minute: a server that went away without a word would be
     * waited for for ever.
     */
    public Mono<Written> write(WriteBatch batch) {
        return ensurePartitions(batch).then(Mono.defer(() -> writeOrBisect(batch)));
    }

    private Mono<Void> ensurePartitions(WriteBatch batch) {
        List<StoredObservation> observations = batch.observations();
        return history.ensure(observations.stream().map(row -> row.observation().observedAt()))
                .then(Mono.defer(() -> raw.ensure(
                        payloads(batch).stream().map(row -> row.observation().payloadAt()))))
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    /** A partition that was there the last time may have expired since; it is made anew, once. */
    private Mono<Written> writeOrBisect(WriteBatch batch) {
        return writeAll(batch)
                .onErrorResume(SqlStates::isMissingPartition, gone -> {
                    history.forget();
                    raw.forget();
                    return ensurePartitions(batch).then(writeAll(batch));
                })
                .onErrorResume(
                        failure -> SqlStates.isRefusalOfData(failure)
                                && !batch.observations().isEmpty(),
                        failure -> bisect(batch, failure));
    }

    private Mono<Written> writeAll(WriteBatch batch) {
        return Flux.defer(() -> execute(batch))
                .collect(Result::new, Result::add)
                .map(Result::written)
                .timeout(TIMEOUT)
                .retryWhen(SqlStates.whilePassing());
    }

    private Mono<Written> bisect(WriteBatch batch, Throwable failure) {
        List<StoredObservation> observations = batch.observations();
        if (observations.size() == 1) {
            Written refused = new Written(
                    Map.of(),
                    Map.of(),
                    List.of(new Written.Refused(observations.getFirst(), SqlStates.describe(failure))));
            WriteBatch rest = batch.with(List.of());
            return rest.isEmpty() ? Mono.just(refused) : writeOrBisect(rest).map(refused::and);
        }
        int half = observations.size() / 2;
        return writeOrBisect(batch.with(observations.subList(0, half)))
                .flatMap(first -> writeOrBisect(WriteBatch.of(observations.subList(half, observations.size())))
                        .map(first::and));
    }

    private Flux<Row> execute(WriteBatch batch) {
        List<String> parameters = new ArrayList<>();
        parameters.addAll(Tables.OBSERVATIONS.arrays(mergeRepeats(batch.observations())));
        parameters.addAll(Tables.PAYLOADS.arrays(payloads(batch)));
        parameters.addAll(Tables.PLATFORMS.arrays(
                batch.descriptions().stream().flatMap(Tables.PlatformRow::of).toList()));
        parameters.addAll(Tables.OFFERED.arrays(batch.descriptions()));
        parameters.addAll(Tables.REJECTIONS.arrays(batch.rejections()));
        parameters.addAll(Tables.RUNS.arrays(batch.runs()));
        parameters.addAll(Tables.CHECKPOINTS.arrays(batch.checkpoints()));
        DatabaseClient.GenericExecuteSpec statement = client.sql(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement = statement.bind(i, parameters.get(i));
        }
        return statement
                .map(row -> new Row(text(row, 0), text(row, 1), row.get(2, String.class), text(row, 3)))
                .all();
    }

    private List<StoredObservation> payloads(WriteBatch batch) {
        return keepsPayloads
                ? Stream.concat(batch.observations().stream(), batch.canaries().stream())
                        .toList()
                : batch.canaries();
    }

    private static String text(Readable row, int column) {
        return requireNonNull(row.get(column, String.class));
    }

    /** One row for each key, sorted by it, as a statement cannot touch a row twice: the one that would win one after the other. */
    private static List<StoredObservation> mergeRepeats(List<StoredObservation> observations) {
        Map<HistoryKey, StoredObservation> merged = HashMap.newHashMap(observations.size());
        for (StoredObservation row : observations) {
            merged.merge(HistoryKey.of(row.observation()), row, LATER_FETCHED);
        }
        return merged.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The id of the event that is the newest of a quote; or, without a quote, the asset. */
    private record Row(
            String source, String sourceAssetId, @Nullable String quote, String id) {}

    private static final class Result {

        private final Map<LatestKey, String> newest = new HashMap<>();
        private final Map<SourceAsset, String> corrections = new HashMap<>();

        void add(Row row) {
            if (row.quote == null) {
                corrections.put(new SourceAsset(row.source, row.sourceAssetId), row.id);
            } else {
                newest.put(new LatestKey(row.source, row.sourceAssetId, row.quote), row.id);
            }
        }

        Written written() {
            return new Written(newest, corrections, List.of());
        }
    }
}
