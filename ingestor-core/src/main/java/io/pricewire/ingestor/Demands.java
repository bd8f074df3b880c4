package io.pricewire.ingestor;

import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.Received;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.BackfillRange;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.ReplayText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The commands to one ingestor that wait for a run, at most {@value #MOST_WAITING} of them: as many as one replay asks for. */
final class Demands {

    private static final Logger log = LoggerFactory.getLogger(Demands.class);
    private static final int MOST_WAITING = 10_000;

    /** Who asked is told after this that nobody took the command. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(60);

    private final String ingestor;
    private final Clock clock;
    private final BlockingQueue<Demand> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Sinks.Many<Demand> arrivals = Sinks.many().multicast().directBestEffort();

    Demands(String ingestor, Clock clock) {
        this.ingestor = ingestor;
        this.clock = clock;
    }

    /** Takes a record of the topic of commands, if it is for this ingestor and not too old. */
    void add(Received received) {
        if (!(received.decode(Topics.INGEST_COMMANDS) instanceof Event<IngestCommand> event)
                || !event.value().getIngestor().equals(ingestor)) {
            return;
        }
        Demand demand = read(event.value());
        if (demand == null || isTooOld(demand)) {
            log.warn("a command is not taken: it is malformed or too old offset={}", received.offset());
        } else if (waiting.offer(demand)) {
            arrivals.tryEmitNext(demand);
        } else {
            log.warn("a command is not taken: too many are waiting command_id={}", demand.commandId());
        }
    }

    /** The one that has waited longest, but not too long; null where none waits. */
    @Nullable Demand next() {
        waiting.removeIf(demand -> demand.isForNow() && isTooOld(demand));
        return waiting.poll();
    }

    private boolean isTooOld(Demand demand) {
        return demand.requestedAt().isBefore(clock.instant().minus(TAKEN_WITHIN));
    }

    /** All that wait for what there is to read now: a run that is under way answers them. The others stay. */
    List<Demand> drain() {
        List<Demand> all = waiting.stream().filter(Demand::isForNow).toList();
        waiting.removeAll(all);
        return all;
    }

    /** Completes when one waits. */
    Mono<Void> arrival() {
        Flux<Demand> alreadyHere = Flux.defer(() -> {
            Demand first = waiting.peek();
            return first == null ? Flux.never() : Flux.just(first);
        });
        return Flux.merge(arrivals.asFlux(), alreadyHere).next().then();
    }

    private static @Nullable Demand read(IngestCommand command) {
        try {
            return new Demand(
                    UUID.fromString(command.getCommandId()),
                    UUID.fromString(command.getRunId()),
                    instant(command.getRequestedAt()),
                    Math.max(0, command.getLimit()),
                    command.hasReplay() ? read(command.getReplay()) : null,
                    command.hasBackfill() ? read(command.getBackfill()) : null);
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    private static Past read(BackfillRange range) {
        return new Past(range.getSourceAssetIdsList(), instant(range.getFrom()), instant(range.getBefore()));
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static Replay read(ReplayText replay) {
        return new Replay(
                UUID.fromString(replay.getRejectionId()).toString(),
                replay.getText(),
                replay.getContext(),
                replay.getPosition().getFile(),
                replay.getPosition().getLine());
    }
}
