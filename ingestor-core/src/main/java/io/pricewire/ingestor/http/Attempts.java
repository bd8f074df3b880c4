package io.pricewire.ingestor.http;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The calls of one poll, made one after the other. Of those that are attempts one that fails holds up none of the others,
 * unless the service asks to be left alone: then no others are made. The failure is told at the end, that one before any
 * other.
 */
public final class Attempts {

    private final ServiceClient service;
    private final Calls calls;
    private @Nullable SourceException failure;

    /** @param calls is told of each call */
    public Attempts(ServiceClient service, Calls calls) {
        this.service = service;
        this.calls = calls;
    }

    /** Asks for an array of records. */
    public Mono<JsonRecords> records(String path) {
        return service.get(ServiceRequest.to(path), JsonRecords::read, calls);
    }

    /** Asks for one record. */
    public Mono<JsonRecords> record(String path) {
        return service.get(ServiceRequest.to(path), JsonRecords::oneOf, calls);
    }

    /**
     * Makes an attempt, unless the service asked to be left alone; nothing comes of it where it fails.
     *
     * @param about what it is about, which stands before the reason
     */
    private <T> Mono<T> attempt(String about, Mono<T> call) {
        return Mono.defer(() -> failure != null && asksToBeLeftAlone(failure) ? Mono.empty() : call)
                .onErrorResume(SourceException.class, said -> {
                    failed(about, said);
                    return Mono.empty();
                });
    }

    /**
     * Makes an attempt for each of several things, each of which becomes a batch, and fails when all are made where one of
     * them did.
     *
     * @param before how many batches come before these
     * @param position after each of these but the last
     * @param end the position after the last
     * @param question asks about one
     */
    public Flux<Batch> each(
            List<String> names, int before, String position, String end, Function<String, Mono<Readings>> question) {
        return Flux.range(0, names.size())
                .concatMap(
                        index -> attempt(names.get(index), question.apply(names.get(index)))
                                .map(readings -> readings.toBatch(
                                        index == names.size() - 1 ? end : position,
                                        before + index + 1L,
                                        (long) before + names.size())),
                        0)
                .concatWith(failure());
    }

    /** Fails where an attempt did; else completes. */
    private Flux<Batch> failure() {
        return Flux.defer(() -> failure == null ? Flux.empty() : Flux.error(failure));
    }

    void failed(String about, SourceException said) {
        if (failure == null || (asksToBeLeftAlone(said) && !asksToBeLeftAlone(failure))) {
            failure = new SourceException(
                    said.kind(),
                    "%s: %s".formatted(about.toLowerCase(Locale.ROOT), said.getMessage()),
                    said.retryAfter(),
                    said);
        }
    }

    private static boolean asksToBeLeftAlone(SourceException said) {
        return said.retryAfter() != null || said.kind() == SourceException.Kind.RATE_LIMITED;
    }
}
