package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Decoded;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.Undecodable;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import io.pricewire.normalizer.observation.Uuids;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.proto.Topic;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RecordPosition;
import io.pricewire.proto.v1.RejectionReason;
import java.time.Clock;
import java.util.List;

/** Comes to a verdict on what was received. */
final class Judge {

    private final Rules rules;
    private final Clock clock;

    Judge(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    Verdict judge(Received received, Topic<PriceObserved> topic) {
        Decoded<PriceObserved> decoded = received.decode(topic);
        return switch (decoded) {
            case Event<PriceObserved> event -> judge(received, Candidate.of(event));
            case Undecodable<PriceObserved> undecodable -> rejected(received, undecodable.reason());
        };
    }

    /** The verdict on a record that is no event at all. */
    Rejected rejected(Received received, String reason) {
        return new Rejected(rejection(received, List.of(new Reason("not_an_event", reason)))
                .setBytes(received.value())
                .build());
    }

    private Verdict judge(Received received, Candidate candidate) {
        List<Reason> broken = rules.broken(candidate);
        if (broken.isEmpty()) {
            return new Accepted(candidate.toObservation());
        }
        PriceObserved message = candidate.message();
        return new Rejected(rejection(received, broken)
                .setSource(message.getSource())
                .setSourceAssetId(message.getSourceAssetId())
                .setRunId(Uuids.isUuid(message.getRunId()) ? message.getRunId() : "")
                .setObservation(message)
                .build());
    }

    /** Its id is made from the position: the same record is rejected under the same id however often that happens. */
    private ObservationRejected.Builder rejection(Received received, List<Reason> reasons) {
        return ObservationRejected.newBuilder()
                .setRejectionId(EventId.of(
                        "rejection",
                        received.topic(),
                        String.valueOf(received.partition()),
                        String.valueOf(received.offset()),
                        received.publishedAt().toString()))
                .addAllReasons(reasons.stream()
                        .map(reason -> RejectionReason.newBuilder()
                                .setCode(reason.code())
                                .setDetail(reason.detail())
                                .build())
                        .toList())
                .setPosition(RecordPosition.newBuilder()
                        .setTopic(received.topic())
                        .setPartition(received.partition())
                        .setOffset(received.offset()))
                .setRejectedAt(Timestamps.of(clock.instant()));
    }
}
