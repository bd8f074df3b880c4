package io.pricewire.eventstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.TransactionManager;
import reactor.kafka.sender.internals.ProducerFactory;

/**
 * One transaction after another. After a transaction has failed the object is of no more use: whoever holds it closes
 * it and opens another, which aborts what this one may have left open.
 */
final class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);

    /** The default of 256 holds a sender to some 30,000 records a second. */
    private static final int MAX_IN_FLIGHT = 10_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaSender<byte[], byte[]> sender;
    private final TransactionManager transactions;
    private final TopicNames names;

    private Transactions(KafkaSender<byte[], byte[]> sender, TopicNames names) {
        this.sender = sender;
        this.transactions = sender.transactionManager();
        this.names = names;
    }

    /** Fences every earlier holder of the same id and aborts what it left open. */
    static Mono<Transactions> open(String transactionalId, KafkaClients clients, TopicNames names) {
        return Mono.fromCallable(() -> create(clients.transactionalProducer(transactionalId), names))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Transactions create(Map<String, Object> properties, TopicNames names) {
        InitializedProducer producer = InitializedProducer.create(properties);
        SenderOptions<byte[], byte[]> options = SenderOptions.<byte[], byte[]>create(properties)
                .maxInFlight(MAX_IN_FLIGHT)
                .closeTimeout(CLOSE_TIMEOUT);
        return new Transactions(KafkaSender.create(new Initialized(producer), options), names);
    }

    /**
     * Publishes events, and after them those that are made from where the last one of each partition stands: all of it or
     * nothing.
     */
    Mono<Void> commit(List<Event<?>> events, Function<Map<TopicPartition, Long>, ? extends List<Event<?>>> closing) {
        return inTransaction(send(events).map(closing).flatMap(this::send).then());
    }

    /** Publishes the events and moves the group's offsets, all of it or nothing. */
    Mono<Void> commit(
            List<Event<?>> events, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata generation) {
        return inTransaction(send(events).then(transactions.sendOffsets(offsets, generation)));
    }

    private Mono<Void> inTransaction(Mono<Void> content) {
        return transactions
                .<Void>begin()
                .then(content)
                .then(transactions.<Void>commit())
                .onErrorResume(failure -> abort().then(Mono.error(failure)));
    }

    private Mono<Void> abort() {
        return transactions.<Void>abort().onErrorResume(e -> {
            log.debug("a transaction could not be aborted; the next holder of its id does it", e);
            return Mono.empty();
        });
    }

    private Mono<Map<TopicPartition, Long>> send(List<Event<?>> events) {
        return sender.send(Flux.fromIterable(events).map(this::toRecord)).collect(HashMap::new, (ends, result) -> {
            RecordMetadata sent = result.recordMetadata();
            ends.merge(new TopicPartition(sent.topic(), sent.partition()), sent.offset(), Math::max);
        });
    }

    private SenderRecord<byte[], byte[], Event<?>> toRecord(Event<?> event) {
        return SenderRecord.create(EventRecords.toRecord(event, names), event);
    }

    /** Aborts what is open. */
    Mono<Void> close() {
        return Mono.<Void>fromRunnable(sender::close).subscribeOn(Schedulers.boundedElastic());
    }

    private static final class Initialized extends ProducerFactory {

        private final InitializedProducer producer;

        Initialized(InitializedProducer producer) {
            this.producer = producer;
        }

        @Override
        @SuppressWarnings("unchecked") // the options are those that this class makes, for byte arrays
        public <K, V> Producer<K, V> createProducer(SenderOptions<K, V> options) {
            return (Producer<K, V>) producer;
        }
    }
}
