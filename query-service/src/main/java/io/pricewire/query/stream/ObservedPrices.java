package io.pricewire.query.stream;

import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.Canary;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.Price;
import io.pricewire.query.canary.CanaryWatch;
import io.pricewire.query.prices.KnownPrice;
import io.pricewire.query.prices.LatestPrices;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What sources say: normalized prices. All that was published before is on the topic of latest prices. */
final class ObservedPrices extends Kind<Price, KnownPrice> {

    private final EventStream stream;
    private final LatestPrices latest;
    private final CanaryWatch canary;
    private final ObservedLag lag;

    ObservedPrices(EventStream stream, LatestPrices latest, CanaryWatch canary, ObservedLag lag) {
        super(Topics.PRICES_NORMALIZED);
        this.stream = stream;
        this.latest = latest;
        this.canary = canary;
        this.lag = lag;
    }

    @Override
    List<Topic<?>> topics() {
        return List.of(Topics.PRICES_NORMALIZED, Topics.PRICES_LATEST);
    }

    @Override
    Mono<Void> recall() {
        return stream.log(Topics.PRICES_LATEST).toEnd().doOnNext(this::remember).then();
    }

    @Override
    KnownPrice put(Price message, Received received) {
        if (latest.isComplete()) {
            lag.read(received.publishedAt());
        }
        if (!Canary.isCanary(message.getSource())) {
            return latest.put(message, received.publishedAt());
        }
        KnownPrice price = latest.unkept(message, received.publishedAt());
        if (latest.isComplete()) {
            canary.read(price.observedAt());
        }
        return price;
    }

    @Override
    Supplier<List<KnownPrice>> allLater() {
        return latest.allLater();
    }

    @Override
    void complete() {
        latest.complete();
    }

    @Override
    void loseTouch() {
        latest.loseTouch();
    }
}
