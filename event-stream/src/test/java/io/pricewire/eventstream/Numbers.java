package io.pricewire.eventstream;

import io.pricewire.embedded.testing.TestServers;
import io.pricewire.proto.Kept;
import io.pricewire.proto.Topic;
import io.pricewire.proto.v1.IngestCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** Events that carry nothing but a number, a topic of them to read and one to write; new topics for each test. */
record Numbers(EventStream events, Topic<IngestCommand> in, Topic<IngestCommand> out) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int PARTITIONS = 4;

    /** With the topics created, on the broker that tests share. */
    static Numbers create() {
        Numbers numbers = at(TestServers.kafka(), UUID.randomUUID().toString());
        numbers.events.createTopics(List.of(numbers.in, numbers.out)).block(PATIENCE);
        return numbers;
    }

    static Numbers at(String bootstrapServers, String name) {
        return new Numbers(
                new EventStream(EventStreamSettings.at(bootstrapServers)), topic("in-" + name), topic("out-" + name));
    }

    static Topic<IngestCommand> topic(String name) {
        return new Topic<>(name, IngestCommand.getDefaultInstance(), PARTITIONS, new Kept(false, Duration.ofDays(1)));
    }

    Pipeline copying(String transactionalId) {
        return pipeline(transactionalId, this::copy);
    }

    Pipeline pipeline(String transactionalId, PipelineStep step) {
        return events.pipeline("group-" + in.name(), transactionalId, Subscription.to(in), 50, step);
    }

    /** A step that publishes each number that it receives. */
    Mono<List<Event<?>>> copy(List<Received> batch) {
        return Mono.just(batch.stream()
                .<Event<?>>map(received -> number(out, numberOf(received)))
                .toList());
    }

    void publish(int from, int to) {
        EventPublisher publisher = publisher("publisher-" + in.name());
        for (int start = from; start < to; start += 500) {
            publisher.publish(numbers(in, start, Math.min(start + 500, to))).block(PATIENCE);
        }
        publisher.close().block(PATIENCE);
    }

    EventPublisher publisher(String transactionalId) {
        return events.publisher(transactionalId, Subscription.to(in))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Every number in the topic, in the order in which they were read. */
    List<Integer> read(Topic<IngestCommand> topic) {
        return events.log(topic)
                .toEnd()
                .map(Numbers::numberOf)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    static List<Event<?>> numbers(Topic<IngestCommand> topic, int from, int to) {
        return IntStream.range(from, to)
                .<Event<?>>mapToObj(number -> number(topic, number))
                .toList();
    }

    static Event<IngestCommand> number(Topic<IngestCommand> topic, int number) {
        String text = String.valueOf(number);
        return new Event<>(
                topic,
                text,
                IngestCommand.newBuilder().setCommandId(text).build(),
                new EventAttributes(EventId.of(text), "/test", Instant.EPOCH, text, null));
    }

    static int numberOf(Received received) {
        return Integer.parseInt(received.key());
    }

    static List<Integer> range(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    @Override
    public void close() {
        events.close();
    }
}
