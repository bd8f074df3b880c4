package io.pricewire.eventstream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
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

    /** Up to where each partition can be read by now, by those who read committed records only. */
    Mono<Map<TopicPartition, Long>> endsOf(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> question =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return ask(client -> client.listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .map(answer -> answer.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> end.getValue().offset())));
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
