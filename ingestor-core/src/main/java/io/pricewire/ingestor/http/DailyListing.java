package io.pricewire.ingestor.http;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Calls;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.SourceException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The list of all that a source offers, for which it is asked once a day, behind a poll. The source remembers when it is to
 * ask again. A list that cannot be had fails no poll, and is asked for again an hour later, unless the service asks to be
 * left alone.
 */
public final class DailyListing {

    /** The memory of who does not want to ask for the list. */
    public static final String NEVER = Instant.MAX.toString();

    private static final Logger log = LoggerFactory.getLogger(DailyListing.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ServiceClient service;
    private final ServiceRequest request;
    private final Function<JsonRecord, Stream<DescribedAsset>> reader;

    /** @param reader what of a record is what; nothing where it is no asset */
    public DailyListing(
            ServiceClient service, ServiceRequest request, Function<JsonRecord, Stream<DescribedAsset>> reader) {
        this.service = service;
        this.request = request;
        this.reader = reader;
    }

    /**
     * One batch, where it is time for it.
     *
     * @param memory what the batch before it said that was to be known; empty where there was none
     * @param position after the poll
     */
    public Flux<Batch> after(String memory, String position, Calls calls) {
        return Flux.defer(() -> isDue(memory) ? list(position, calls) : Flux.empty());
    }

    private boolean isDue(String memory) {
        try {
            return memory.isEmpty() || !Instant.parse(memory).isAfter(service.now());
        } catch (DateTimeException ofAnEarlierVersion) {
            return true;
        }
    }

    private Flux<Batch> list(String position, Calls calls) {
        return service.get(request, JsonRecords::read, calls)
                .map(answer -> batch(answer.records().stream().flatMap(reader).toList(), DAY, position))
                .onErrorResume(DailyListing::isOfTheList, failure -> {
                    log.warn("the list of assets cannot be had reason={}", failure.getMessage());
                    return Mono.just(batch(List.of(), HOUR, position));
                })
                .flux();
    }

    /** Whoever asks to be left alone asks that of the next poll too. */
    private static boolean isOfTheList(Throwable failure) {
        return failure instanceof SourceException said && said.retryAfter() == null;
    }

    private Batch batch(List<DescribedAsset> assets, Duration pause, String position) {
        return new Batch(List.of(), List.of(), position, 1, 1)
                .describing(assets)
                .remembering(service.now().plus(pause).toString());
    }
}
