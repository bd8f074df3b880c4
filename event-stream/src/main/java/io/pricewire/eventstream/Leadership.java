package io.pricewire.eventstream;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;

/**
 * Lets one of several instances work: the one that is assigned the only partition of a topic. Kafka's group protocol
 * is the only referee; an instance that dies or freezes loses the partition when its session times out.
 */
final class Leadership {

    private static final int MAX_POLL_RECORDS = 100;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String group;
    private final SubscribedTopics topics;
    private final KafkaClients clients;

    Leadership(String group, SubscribedTopics topics, KafkaClients clients) {
        this.group = group;
        this.topics = topics;
        this.clients = clients;
    }

    Mono<Void> lead(Function<Flux<Received>, ? extends Publisher<Void>> work) {
        return Mono.defer(() -> candidacy(work))
                .retryWhen(Restarts.until(Mono.never(), "the leader of group " + group));
    }

    /** One membership of the group. An error of the work ends it, so that another instance gets its turn. */
    private Mono<Void> candidacy(Function<Flux<Received>, ? extends Publisher<Void>> work) {
        Sinks.Many<Boolean> leading = Sinks.many().unicast().onBackpressureBuffer();
        Sinks.Many<Received> records = Sinks.many().multicast().directBestEffort();
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(
                        clients.groupMember(group, MAX_POLL_RECORDS))
                // The default would take the partition from the leader, and so stop its work, each time that another
                // instance comes.
                .consumerProperty(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName())
                .subscription(topics.pattern())
                .addAssignListener(partitions -> {
                    if (!partitions.isEmpty()) {
                        leading.tryEmitNext(true);
                    }
                })
                .addRevokeListener(partitions -> leading.tryEmitNext(false))
                .closeTimeout(CLOSE_TIMEOUT);
        Flux<Void> intake = KafkaReceiver.create(options)
                .receive()
                .doOnNext(record -> {
                    records.tryEmitNext(EventRecords.toReceived(record, topics));
                    record.receiverOffset().acknowledge();
                })
                .thenMany(Flux.empty());
        Flux<Void> duty = leading.asFlux()
                .distinctUntilChanged()
                .switchMap(isLeader -> isLeader ? work.apply(records.asFlux()) : Flux.empty());
        return Flux.merge(intake, duty).then();
    }
}
