package io.pricewire.normalizer.pipeline;

import io.pricewire.eventstream.Decoded;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.Received;
import io.pricewire.eventstream.Undecodable;
import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.normalizer.observation.Reason;
import io.pricewire.normalizer.observation.Uuids;
import io.pricewire.normalizer.store.Written;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RecordPosition;
import io.pricewire.proto.v1.RejectionReason;
import java.time.Clock;
import java.util.List;

/** Comes to a verdict on what was received. */
final class Judge {

    private static final String REPLAYED = "replayed";
    private static final String SOURCE = "/pricewire/normalizer";

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
        return new Rejected(RejectionBounds.bounded(rejection(received, List.of(new Reason("not_an_event", reason)))
                .setBytes(received.value())
                .build()));
    }

    /** The verdict on an observation that was rejected before; where it is accepted, its origin is a replay. */
    Verdict judgeAgain(ObservationRejected rejected) {
        PriceObserved observed = rejected.getObservation();
        String eventId = rejected.getEventId().isEmpty() ? rejected.getRejectionId() : rejected.getEventId();
        Candidate candidate = Candidate.of(new Event<>(
                Topics.PRICES_RAW.of(REPLAYED),
                observed.getSourceAssetId(),
                observed.toBuilder().setOrigin(Origin.ORIGIN_REPLAY).build(),
                new EventAttributes(eventId, SOURCE, clock.instant(), observed.getSourceAssetId(), null)));
        List<Reason> broken = rules.broken(candidate);
        return broken.isEmpty()
                ? new Accepted(candidate.toObservation())
                : new Rejected(rejected.toBuilder()
                        .clearReasons()
                        .addAllReasons(messages(broken))
                        .build());
    }

    /** What is said of an observation that keeps every rule and that Postgres refuses nevertheless. */
    ObservationRejected refused(Written.Refused refused) {
        Observation observation = refused.observation().observation();
        return RejectionBounds.bounded(ObservationRejected.newBuilder()
                .setRejectionId(rejectionId(observation.event().value(), EventId.of("refused", observation.eventId())))
                .setEventId(observation.eventId())
                .setSource(observation.source())
                .setSourceAssetId(observation.sourceAssetId())
                .setRunId(observation.runId())
                .setObservation(observation.event().value())
                .addAllReasons(messages(List.of(new Reason("refused_by_database", refused.reason()))))
                .setRejectedAt(Timestamps.of(clock.instant()))
                .build());
    }

    private Verdict judge(Received received, Candidate candidate) {
        List<Reason> broken = rules.broken(candidate);
        if (broken.isEmpty()) {
            return new Accepted(candidate.toObservation());
        }
        PriceObserved message = candidate.message();
        String eventId = candidate.event().attributes().id();
        ObservationRejected.Builder rejection = rejection(received, broken);
        return new Rejected(RejectionBounds.bounded(rejection
                .setRejectionId(rejectionId(message, rejection.getRejectionId()))
                .setSource(message.getSource())
                .setSourceAssetId(message.getSourceAssetId())
                .setRunId(Uuids.isUuid(message.getRunId()) ? message.getRunId() : "")
                .setObservation(message)
                .setEventId(Uuids.isUuid(eventId) ? eventId : "")
                .build()));
    }

    /** What was read again from quarantine stays under the id that it has there. */
    private static String rejectionId(PriceObserved message, String otherwise) {
        return Uuids.isUuid(message.getReplayedRejectionId()) ? message.getReplayedRejectionId() : otherwise;
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
                .addAllReasons(messages(reasons))
                .setPosition(RecordPosition.newBuilder()
                        .setTopic(received.topic())
                        .setPartition(received.partition())
                        .setOffset(received.offset()))
                .setRejectedAt(Timestamps.of(clock.instant()));
    }

    private static List<RejectionReason> messages(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> RejectionReason.newBuilder()
                        .setCode(reason.code())
                        .setDetail(reason.detail())
                        .build())
                .toList();
    }
}
