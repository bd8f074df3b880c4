package io.pricewire.normalizer.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.pricewire.eventstream.EventId;
import io.pricewire.normalizer.observation.Observation;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The decisions which asset a source means, as they are kept in the database. One decider at a time, of all instances:
 * each sees everything that was decided before.
 */
public final class Aliases {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('pricewire identity', 0))";

    private final DatabaseClient client;
    private final TransactionalOperator transaction;
    private final StoredAliases stored;
    private final StoredRates rates;
    private final StoredDecisions decisions;
    private final Decider decider;
    private final IdentityMeters meters;
    private final Clock clock;

    public Aliases(
            DatabaseClient client,
            TransactionalOperator transaction,
            IdentitySettings settings,
            MeterRegistry registry,
            Clock clock) {
        CuratedAssets curated = CuratedAssets.load();
        this.client = client;
        this.transaction = transaction;
        this.stored = new StoredAliases(client);
        this.rates = new StoredRates(client, curated);
        this.decisions = new StoredDecisions(client, curated);
        this.decider = new Decider(settings, curated);
        this.meters = new IdentityMeters(registry);
        this.clock = clock;
    }

    /** What each of these is, as it was decided before or is decided now. */
    Mono<Map<SourceAsset, String>> decide(Collection<Observation> observations) {
        return inTurn(stored.contracts(Asked.of(observations))
                .map(contracts -> observations.stream()
                        .map(observation -> Described.of(observation, contractsOf(observation, contracts)))
                        .toList())
                .flatMap(this::decideUnknown));
    }

    /**
     * An operator's decision. What was decided to be the same as this, because of its id or because it dominates a symbol,
     * is decided anew. Deciding the same again, under the same id, changes nothing.
     *
     * @return whether there is such an alias
     */
    public Mono<Boolean> overrule(UUID decisionId, SourceAsset key, String assetId, String decidedBy) {
        return inTurn(stored.find(key)
                .map(known -> known.alias().overruled(assetId, decidedBy, clock.instant()))
                .flatMap(alias -> store(List.of(alias), decided -> decisionId.toString())
                        .then(Mono.defer(() -> decideAnew(decisionId, Set.of(key), Set.of(key))))
                        .thenReturn(true))
                .defaultIfEmpty(false));
    }

    private Mono<Void> store(Collection<Alias> decided, Function<Alias, String> decisionId) {
        return decisions.store(decided, decisionId).doOnSuccess(done -> meters.add(decided));
    }

    private <T> Mono<T> inTurn(Mono<T> work) {
        return client.sql(LOCK).then().then(work).as(transaction::transactional).timeout(TIMEOUT);
    }

    private Mono<Map<SourceAsset, String>> decideUnknown(List<Described> described) {
        return directory(described).flatMap(directory -> {
            Map<SourceAsset, String> assets = new HashMap<>(directory.assets());
            List<Described> unknown = described.stream()
                    .filter(each -> !assets.containsKey(each.key()))
                    .toList();
            Collection<Alias> decided = decider.decide(unknown, directory, clock.instant());
            decided.forEach(alias -> assets.put(alias.key(), alias.assetId()));
            return store(decided, alias -> UUID.randomUUID().toString()).thenReturn(assets);
        });
    }

    /**
     * Decides anew what rests on decisions that have changed, and then what rests on those that change by it.
     *
     * @param cause the decision that it began with
     * @param done what has been decided because of it, each once
     */
    private Mono<Void> decideAnew(UUID cause, Set<SourceAsset> changed, Set<SourceAsset> done) {
        return stored.restingOn(changed).flatMap(resting -> {
            List<Described> dependents = resting.stream()
                    .map(Known::description)
                    .filter(described -> !done.contains(described.key()))
                    .toList();
            return dependents.isEmpty() ? Mono.empty() : decideAnew(cause, dependents, done);
        });
    }

    private Mono<Void> decideAnew(UUID cause, List<Described> dependents, Set<SourceAsset> done) {
        return directory(dependents).flatMap(directory -> {
            Map<SourceAsset, Alias> before = directory.aliases();
            List<Alias> changed = decider.decide(dependents, directory, clock.instant()).stream()
                    .filter(alias -> !alias.saysTheSameAs(before.get(alias.key())))
                    .toList();
            Set<SourceAsset> keys = changed.stream().map(Alias::key).collect(Collectors.toSet());
            Set<SourceAsset> doneNow = Stream.of(
                            done.stream(), dependents.stream().map(Described::key), keys.stream())
                    .flatMap(each -> each)
                    .collect(Collectors.toCollection(HashSet::new));
            return store(changed, alias -> idOf(cause, alias.key()))
                    .then(Mono.defer(() -> keys.isEmpty() ? Mono.empty() : decideAnew(cause, keys, doneNow)));
        });
    }

    /** The same whenever the same decision is the cause. */
    private static String idOf(UUID cause, SourceAsset key) {
        return EventId.of("decision", cause.toString(), key.source(), key.sourceAssetId());
    }

    private Mono<Directory> directory(List<Described> described) {
        return stored.relevant(Asked.forDescribed(described))
                .flatMap(relevant -> rates.between(Stream.concat(
                                        described.stream(), relevant.stream().map(Known::description))
                                .toList())
                        .map(found -> new Directory(relevant, found)));
    }

    private static Set<String> contractsOf(Observation observation, Map<SourceAsset, Set<String>> contracts) {
        return contracts.getOrDefault(new SourceAsset(observation.source(), observation.sourceAssetId()), Set.of());
    }
}
