package io.pricewire.normalizer.store;

import static java.util.Objects.requireNonNull;

import io.pricewire.proto.v1.Price;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves what is stored of a source's asset to the canonical asset that it was decided to be of by now. Whoever writes a
 * price takes its asset from the decisions as they are then; so once all who began before the decision have ended,
 * nothing is stored under the old asset any more.
 */
public final class Moves {

    /** All that is stored by source and source asset id, and names the asset. */
    private static final List<String> TABLES = List.of("price_history", "price_candle", "price_latest");

    private static final String UNMOVED =
            "select decision_id from asset_alias_decision where moved_at is null order by decided_at limit 1000";

    /** Is granted when all who write now have ended, and given back at once; in the order in which they lock. */
    private static final String BARRIER =
            "lock table %s in share row exclusive mode".formatted(String.join(", ", TABLES));

    /** Whatever was lost by it, the reference price of the asset before is to be computed again at once. */
    private static final String LEFT = """
            update price_reference set due_at = '-infinity'
            where asset_id in (select previous_asset_id from asset_alias_decision where decision_id = any($1::uuid[]))""";

    private static final String DONE =
            "update asset_alias_decision set moved_at = now() where decision_id = any($1::uuid[])";

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final NewestPrices newest;

    public Moves(DatabaseClient client, TransactionalOperator transaction) {
        this.client = client;
        this.transaction = transaction;
        this.newest = new NewestPrices(client);
    }

    /**
     * Moves all that is to be moved, some at a time.
     *
     * @return the latest prices of all that was moved just now or a short time ago
     */
    public Mono<List<Price>> complete() {
        return moveSome()
                .expand(moved -> moveSome())
                .then(newest.movedLately().timeout(TIMEOUT))
                .retryWhen(SqlStates.whilePassing());
    }

    /** The latest prices of these keys, as they are stored now. */
    public Mono<List<Price>> latest(Collection<LatestKey> keys) {
        return newest.of(keys).timeout(TIMEOUT).retryWhen(SqlStates.whilePassing());
    }

    /** Returns how many decisions it has carried out; nothing where there were none. */
    private Mono<Integer> moveSome() {
        return client.sql(UNMOVED)
                .map(row -> requireNonNull(row.get(0, UUID.class)).toString())
                .all()
                .collectList()
                .filter(decisions -> !decisions.isEmpty())
                .flatMap(decisions -> move(decisions.toArray(new String[0])).thenReturn(decisions.size()))
                .timeout(TIMEOUT);
    }

    private Mono<Void> move(String[] decisions) {
        return client.sql(BARRIER)
                .then()
                .as(transaction::transactional)
                .thenMany(Flux.fromIterable(TABLES).concatMap(table -> execute(moving(table), decisions)))
                .then(execute(LEFT, decisions))
                .then(execute(DONE, decisions));
    }

    private static String moving(String table) {
        return """
                update %s p set asset_id = a.asset_id
                from asset_alias a
                  join (select distinct source, source_asset_id from asset_alias_decision
                        where decision_id = any($1::uuid[])) d
                    using (source, source_asset_id)
                where p.source = a.source and p.source_asset_id = a.source_asset_id and p.asset_id <> a.asset_id""".formatted(table);
    }

    private Mono<Void> execute(String sql, String[] decisions) {
        return client.sql(sql).bind(0, decisions).then();
    }
}
