package io.pricewire.eventstream;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final int MAX_POLL_RECORDS = 100;
    private static final int MAX_WAITING = 1_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String group;
    private final SubscribedTopics topics;
    private final KafkaClients clients;

    Leadership(String group, SubscribedTopics topics, KafkaClients clients) {
        this.group = group;
        this.topics = topics;
        this.clients = clients;
    }

    /** Never completes. */
    Mono<Void> lead(Function<Flux<Received>, ? extends Publisher<Void>> work) {
        return Flux.defer(() -> candidacy(work))
                .retryWhen(Restarts.until(Mono.never(), "the leader of group " + group))
                .then();
    }

    /**
     * One membership of the group. An error of the work ends it, so that another instance gets its turn. Emits when work
     * begins.
     */
    private Flux<String> candidacy(Function<Flux<Received>, ? extends Publisher<Void>> work) {
        Sinks.Many<Term> terms = Sinks.many().unicast().onBackpressureBuffer();
        AtomicReference<Term> current = new AtomicReference<>(Term.NONE);
        ReceiverOptions<byte[], byte[]> options = ReceiverOptions.<byte[], byte[]>create(
                        clients.groupMember(group, MAX_POLL_RECORDS))
                // The default would take the partition from the leader, and so stop its work, each time that another
                // instance comes.
                .consumerProperty(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName())
                .subscription(topics.pattern())
                .addAssignListener(partitions -> {
                    if (!partitions.isEmpty()) {
                        begin(new Term(MAX_WAITING), current, terms);
                    }
                })
                .addRevokeListener(partitions -> begin(Term.NONE, current, terms))
                .closeTimeout(CLOSE_TIMEOUT);
        Flux<String> intake = KafkaReceiver.create(options)
                .receive()
                .doOnNext(record -> {
                    current.get().add(EventRecords.toReceived(record, topics));
                    record.receiverOffset().acknowledge();
                })
                .thenMany(Flux.empty());
        Flux<String> duty = terms.asFlux()
                .switchMap(term -> term == Term.NONE
                        ? Flux.empty()
                        : Flux.concat(
                                Mono.just(group),
                                Flux.from(work.apply(term.records())).cast(String.class)));
        return Flux.merge(intake, duty);
    }

    private static void begin(Term term, AtomicReference<Term> current, Sinks.Many<Term> terms) {
        if (current.getAndSet(term) != term) {
            terms.tryEmitNext(term);
        }
    }

    /** The time from one assignment of the partition to its loss, and the records that came in it. */
    private static final class Term {

        /** The time in which somebody else leads. */
        static final Term NONE = new Term(1);

        private final Sinks.Many<Received> records;

        Term(int mostWaiting) {
            this.records = Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(mostWaiting));
        }

        void add(Received record) {
            if (this != NONE && records.tryEmitNext(record).isFailure()) {
                log.warn("a record is left out: the leader has too many waiting offset={}", record.offset());
            }
        }

        Flux<Received> records() {
            return records.asFlux();
        }
    }
}
