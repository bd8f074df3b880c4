package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pricewire.embedded.testing.TestServers;
import io.pricewire.proto.Kept;
import io.pricewire.proto.Topic;
import io.pricewire.proto.v1.IngestCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class LeadershipTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventStream events = new EventStream(EventStreamSettings.at(TestServers.kafka()));
    private final Topic<IngestCommand> topic = new Topic<>(
            "commands-" + UUID.randomUUID(), IngestCommand.getDefaultInstance(), 1, new Kept(false, PATIENCE));
    private final Queue<String> history = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void createTopic() {
        events.createTopics(List.of(topic)).block(PATIENCE);
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void staysWithTheLeaderWhenAnotherInstanceComes() {
        Disposable first = stand("first");
        await().atMost(PATIENCE).until(() -> history.contains("first leads"));
        Disposable second = stand("second");
        await().atMost(PATIENCE).until(() -> members() == 2);

        assertThat(history).containsExactly("first leads");
        first.dispose();
        second.dispose();
    }

    @Test
    void goesToTheOtherInstanceWhenOneLeaves() {
        Disposable first = stand("first");
        await().atMost(PATIENCE).until(() -> history.contains("first leads"));
        Disposable second = stand("second");

        first.dispose();

        await().atMost(PATIENCE).until(() -> history.contains("second leads"));
        assertThat(history).contains("first steps down");
        second.dispose();
    }

    @Test
    void isSoughtAgainAfterTheWorkFailed() {
        AtomicBoolean failed = new AtomicBoolean();
        Disposable only = events.whileLeading(
                        "group-" + topic.name(),
                        topic,
                        commands -> failed.compareAndSet(false, true)
                                ? Mono.error(new IllegalStateException("the first time it fails"))
                                : duty("only"))
                .subscribe();

        await().atMost(PATIENCE).until(() -> history.contains("only leads"));
        only.dispose();
    }

    @Test
    void bringsWhatIsPublishedMeanwhile() {
        Queue<String> commands = new ConcurrentLinkedQueue<>();
        Disposable only = events.whileLeading("group-" + topic.name(), topic, received -> {
                    history.add("leads");
                    return received.doOnNext(command -> commands.add(command.key()))
                            .then();
                })
                .subscribe();
        await().atMost(PATIENCE).until(() -> history.contains("leads"));

        EventPublisher publisher = events.publisher("commander-" + topic.name(), Subscription.to(topic))
                .block(PATIENCE);
        publisher.publish(List.of(Numbers.number(topic, 7))).block(PATIENCE);
        publisher.close().block(PATIENCE);

        await().atMost(PATIENCE).until(() -> commands.contains("7"));
        only.dispose();
    }

    @Test
    void isRefusedWhereThereCouldBeSeveralLeaders() {
        Topic<IngestCommand> wide = new Topic<>("wide", IngestCommand.getDefaultInstance(), 3, topic.kept());

        assertThatThrownBy(() -> events.whileLeading("group", wide, commands -> Mono.never()))
                .hasMessageContaining("it takes 1, whose owner leads");
    }

    private Disposable stand(String name) {
        return events.whileLeading("group-" + topic.name(), topic, commands -> duty(name))
                .subscribe();
    }

    private Mono<Void> duty(String name) {
        return Flux.<Void>never()
                .doOnSubscribe(subscription -> history.add(name + " leads"))
                .doOnCancel(() -> history.add(name + " steps down"))
                .then();
    }

    /** Members that have been told what is assigned to them, which may be nothing. */
    private long members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.kafka()))) {
            String group = "group-" + topic.name();
            ConsumerGroupDescription description = admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(10, TimeUnit.SECONDS);
            return description.groupState() == GroupState.STABLE
                    ? description.members().size()
                    : 0;
        }
    }
}
