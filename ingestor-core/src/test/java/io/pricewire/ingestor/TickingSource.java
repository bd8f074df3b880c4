package io.pricewire.ingestor;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A polled source of three pages of two prices, each poll a dollar higher; its pages come on another thread. */
final class TickingSource implements PolledSource {

    private static final int PAGES = 3;
    private static final Instant TIME = Instant.parse("2026-11-21T07:00:00Z");

    private final String name;
    private final Duration interval;
    private final Duration pace;
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger failures;
    private final @Nullable Duration retryAfter;

    /**
     * @param pace between pages
     * @param failures how many polls fail at their second page
     */
    TickingSource(String name, Duration interval, Duration pace, int failures) {
        this(name, interval, pace, failures, null);
    }

    /** @param retryAfter how long it asks to be left alone when it fails */
    TickingSource(String name, Duration interval, Duration pace, int failures, @Nullable Duration retryAfter) {
        this.name = name;
        this.interval = interval;
        this.pace = pace;
        this.failures = new AtomicInteger(failures);
        this.retryAfter = retryAfter;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public CallBudget budget() {
        return new CallBudget(0, 1_000);
    }

    @Override
    public Flux<Batch> poll(@Nullable String position, String memory, Calls calls) {
        return Flux.defer(() -> {
            int poll = polls.incrementAndGet();
            int first = position == null ? 0 : Integer.parseInt(position);
            return Flux.range(first, PAGES - first)
                    .concatMap(page -> page(poll, page, calls), 1)
                    .subscribeOn(Schedulers.boundedElastic());
        });
    }

    /** A price for each asset, of the time from which it is asked for. */
    @Override
    public Flux<Batch> backfill(Past past, @Nullable String position, Calls calls) {
        return Flux.fromIterable(past.assets()).map(asset -> {
            calls.add();
            ObservedPrice price = new ObservedPrice(
                    name,
                    asset,
                    "A",
                    "",
                    "USD",
                    Interval.TICK,
                    past.from(),
                    false,
                    Map.of(Figure.PRICE, BigDecimal.ONE),
                    "{}",
                    "application/json");
            return new Batch(List.of(price), List.of(), asset, 1, 1);
        });
    }

    /** A text that is the context says nothing. */
    @Override
    public Batch reread(String text, String context) {
        return text.equals(context)
                ? new Batch(
                        List.of(),
                        List.of(new Refusal(
                                name, "", text, 0, context, List.of(new Refusal.Reason("still_odd", "it is")))),
                        "read",
                        1,
                        1)
                : new Batch(List.of(price(100, 1)), List.of(), "read", 1, 1);
    }

    private Mono<Batch> page(int poll, int page, Calls calls) {
        calls.add();
        if (page == 1 && failures.getAndDecrement() > 0) {
            return Mono.error(
                    new SourceException(SourceException.Kind.RATE_LIMITED, "too many requests", retryAfter, null));
        }
        List<ObservedPrice> prices = List.of(price(poll, page * 2), price(poll, page * 2 + 1));
        return Mono.just(new Batch(prices, List.of(), String.valueOf(page + 1), page + 1, PAGES))
                .delayElement(pace);
    }

    private ObservedPrice price(int poll, int asset) {
        return new ObservedPrice(
                name,
                "asset-" + asset,
                "A" + asset,
                "Asset " + asset,
                "USD",
                Interval.TICK,
                TIME.plusSeconds(poll),
                false,
                Map.of(Figure.PRICE, BigDecimal.valueOf(poll)),
                "{}",
                "application/json");
    }
}
