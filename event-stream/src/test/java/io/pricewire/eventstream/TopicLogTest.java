package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.embedded.testing.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class TopicLogTest {

    private final Numbers numbers = Numbers.create();
    private final TopicLog log = numbers.events().log(numbers.in());

    @AfterEach
    void close() {
        numbers.close();
    }

    @Test
    void readsAnEmptyTopicToItsEndAtOnce() {
        StepVerifier.create(log.toEnd()).expectComplete().verify(Numbers.PATIENCE);
    }

    @Test
    void readsAllThatIsCommitted() {
        numbers.publish(0, 1_200);

        assertThat(numbers.read(numbers.in())).containsExactlyInAnyOrderElementsOf(Numbers.range(1_200));
    }

    @Test
    void endsBeforeTheRecordsOfATransactionThatIsOpen() throws Exception {
        numbers.publish(0, 10);
        try (KafkaProducer<byte[], byte[]> producer = producerInTransaction()) {
            producer.send(record(10)).get();

            assertThat(numbers.read(numbers.in())).hasSize(10);
        }
    }

    @Test
    void leavesOutWhatWasAbortedAndReadsOn() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producerInTransaction()) {
            producer.send(record(666)).get();
            producer.abortTransaction();
        }
        numbers.publish(0, 10);

        assertThat(numbers.read(numbers.in())).containsExactlyInAnyOrderElementsOf(Numbers.range(10));
    }

    @Test
    void readsWhatIsBetweenTwoPositions() {
        numbers.publish(0, 10);
        StreamPosition from = endOf(10);
        numbers.publish(10, 20);
        StreamPosition to = endOf(20);
        numbers.publish(20, 30);

        List<Integer> read =
                log.between(from, to).map(Numbers::numberOf).collectList().block(Numbers.PATIENCE);

        assertThat(read).containsExactlyInAnyOrderElementsOf(Numbers.range(20).subList(10, 20));
    }

    @Test
    void knowsSinceWhichPositionThingsWerePublishedAtATimeOrLater() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producerInTransaction()) {
            producer.send(recordAt(1_000)).get();
            producer.send(recordAt(2_000)).get();
            producer.commitTransaction();
        }
        assertThat(log.toEnd().collectList().block(Numbers.PATIENCE)).hasSize(2);

        assertThat(publishedSince(0)).containsExactly(1_000L, 2_000L);
        assertThat(publishedSince(1_001)).containsExactly(2_000L);
        assertThat(publishedSince(2_000)).containsExactly(2_000L);
        assertThat(publishedSince(2_001)).isEmpty();
        assertThat(log.since(Instant.now().plusSeconds(60)).block(Numbers.PATIENCE))
                .isEqualTo(log.end().block(Numbers.PATIENCE));
    }

    @Test
    void leavesOutNothingThatIsPublishedWhileItLooks() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producerInTransaction()) {
            for (int round = 0; round < 10; round++) {
                Instant before = Instant.now();
                CompletableFuture<List<StreamPosition>> answers = Flux.range(0, 20)
                        .concatMap(any -> log.since(before))
                        .collectList()
                        .toFuture();
                RecordMetadata published =
                        producer.send(recordAt(before.toEpochMilli())).get();
                producer.commitTransaction();
                producer.beginTransaction();

                assertThat(answers.get())
                        .hasSize(20)
                        .allSatisfy(since -> assertThat(since.offset(published.partition()))
                                .isLessThanOrEqualTo(published.offset()));
            }
            producer.abortTransaction();
        }
    }

    /** The end, once this many records lie before it: a commit is answered before its markers are in the partitions. */
    private StreamPosition endOf(int count) {
        assertThat(numbers.read(numbers.in())).hasSize(count);
        return log.end().blockOptional(Numbers.PATIENCE).orElseThrow();
    }

    private List<Long> publishedSince(long milliseconds) {
        StreamPosition from = log.since(Instant.ofEpochMilli(milliseconds)).block(Numbers.PATIENCE);
        return log.between(from, log.end().block(Numbers.PATIENCE))
                .map(received -> received.publishedAt().toEpochMilli())
                .collectList()
                .block(Numbers.PATIENCE);
    }

    private ProducerRecord<byte[], byte[]> recordAt(long milliseconds) {
        ProducerRecord<byte[], byte[]> record = record(1);
        return new ProducerRecord<>(record.topic(), 0, milliseconds, record.key(), record.value(), record.headers());
    }

    @Test
    void followsFromAPositionOn() {
        numbers.publish(0, 10);
        StreamPosition from = endOf(10);

        Flux<Integer> followed = log.follow(from)
                .flatMapIterable(chunk -> chunk)
                .map(Numbers::numberOf)
                .take(10);

        StepVerifier.create(followed.collectList())
                .then(() -> numbers.publish(10, 20))
                .assertNext(read -> assertThat(read)
                        .containsExactlyInAnyOrderElementsOf(Numbers.range(20).subList(10, 20)))
                .expectComplete()
                .verify(Numbers.PATIENCE);
    }

    private KafkaProducer<byte[], byte[]> producerInTransaction() {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(new KafkaClients(EventStreamSettings.at(TestServers.kafka()))
                        .transactionalProducer("transaction-" + numbers.in().name()));
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private ProducerRecord<byte[], byte[]> record(int number) {
        return EventRecords.toRecord(Numbers.number(numbers.in(), number), new TopicNames(Map.of()));
    }
}
