package io.pricewire.eventstream;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An admin client that is built when it is first needed, because building it resolves the brokers' names. */
final class LazyAdmin implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> properties;
    private @Nullable Admin admin;

    LazyAdmin(Map<String, Object> properties) {
        this.properties = properties;
    }

    <T> Mono<T> ask(Function<Admin, KafkaFuture<T>> question) {
        return Mono.fromCallable(this::get)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(client ->
                        Mono.fromCompletionStage(() -> question.apply(client).toCompletionStage()));
    }

    private synchronized Admin get() {
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(CLOSE_TIMEOUT);
        }
    }
}
