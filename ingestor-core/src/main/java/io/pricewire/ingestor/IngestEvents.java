package io.pricewire.ingestor;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.pricewire.eventstream.Event;
import io.pricewire.eventstream.EventAttributes;
import io.pricewire.eventstream.EventId;
import io.pricewire.eventstream.Subscription;
import io.pricewire.proto.Topic;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Origin;
import io.pricewire.proto.v1.Platform;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.RecordPosition;
import io.pricewire.proto.v1.RejectionReason;
import io.pricewire.proto.v1.RunTrigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the events of one ingestor. */
final class IngestEvents {

    private final String ingestor;
    private final String origin;
    private final java.time.Duration heartbeat;
    private final java.time.Duration pollInterval;
    private final Topic<PriceObserved> observed;
    private final Topic<AssetDescribed> described;

    IngestEvents(PriceSource source, IngestorSettings settings) {
        this(source.name(), source.interval(), settings.heartbeat());
    }

    IngestEvents(String ingestor, java.time.Duration pollInterval, java.time.Duration heartbeat) {
        this.ingestor = ingestor;
        this.origin = "/pricewire/ingestor/" + ingestor;
        this.heartbeat = heartbeat;
        this.pollInterval = pollInterval;
        this.observed = Topics.PRICES_RAW.of(ingestor);
        this.described = Topics.ASSETS_RAW.of(ingestor);
    }

    String ingestor() {
        return ingestor;
    }

    /** Every topic that the ingestor writes or reads. */
    List<Topic<?>> topics() {
        return List.of(
                observed,
                described,
                Topics.PRICES_REJECTED,
                Topics.INGEST_COMMANDS,
                Topics.INGEST_RUNS,
                Topics.INGEST_CHECKPOINTS);
    }

    Topic<PriceObserved> observed() {
        return observed;
    }

    Subscription published() {
        return new Subscription(topics(), List.of());
    }

    /**
     * What a batch says of prices, in its order.
     *
     * @param replay what the batch was read again of; null where it was read for the first time
     * @param sweep how long it takes to read everything once
     * @param traceparent of the batch's publication; null where that is not recorded
     */
    List<Event<?>> of(
            Batch batch,
            IngestRun run,
            @Nullable Replay replay,
            java.time.Duration sweep,
            Instant now,
            @Nullable String traceparent) {
        List<Event<?>> events = new ArrayList<>(batch.observed().size()
                + batch.refused().size()
                + batch.described().size());
        String trace = traceparent == null ? traceparent(run) : traceparent;
        Instant fetchedAt = batch.fetchedAt() == null ? now : batch.fetchedAt();
        for (ObservedPrice price : batch.observed()) {
            events.add(observed(price, run, replay, sweep, fetchedAt, trace));
        }
        for (Refusal refusal : batch.refused()) {
            events.add(rejected(refusal, run, replay, now, trace));
        }
        for (DescribedAsset asset : batch.described()) {
            events.add(described(asset, run, fetchedAt, trace));
        }
        return events;
    }

    Event<IngestRun> of(IngestRun run, Instant now) {
        String id = EventId.of("run", run.getRunId(), String.valueOf(run.getRevision()));
        return new Event<>(
                Topics.INGEST_RUNS, run.getRunId(), run, attributes(id, now, run.getRunId(), traceparent(run)));
    }

    Event<Checkpoint> of(Checkpoint checkpoint, Instant now) {
        IngestRun run = checkpoint.getRun();
        String key = checkpoint.getFile().isEmpty() ? ingestor : ingestor + "|" + checkpoint.getFile();
        String id = EventId.of("checkpoint", key, run.getRunId(), String.valueOf(run.getRevision()));
        return new Event<>(Topics.INGEST_CHECKPOINTS, key, checkpoint, attributes(id, now, key, traceparent(run)));
    }

    /** What is said of one price. */
    Event<PriceObserved> of(ObservedPrice price, IngestRun run, Instant now) {
        return observed(price, run, null, java.time.Duration.ZERO, now, traceparent(run));
    }

    private Event<PriceObserved> observed(
            ObservedPrice price,
            IngestRun run,
            @Nullable Replay replay,
            java.time.Duration sweep,
            Instant fetchedAt,
            String trace) {
        PriceObserved.Builder value = PriceObserved.newBuilder()
                .setSource(price.source())
                .setSourceAssetId(price.sourceAssetId())
                .setSymbol(price.symbol())
                .setName(price.name())
                .setQuote(price.quote())
                .setInterval(price.interval().code())
                .setObservedAt(timestamp(price.observedAt()))
                .setObservedAtAssumed(price.observedAtAssumed())
                .setIngestedAt(timestamp(fetchedAt))
                .setStaleAfter(staleAfter(price.interval(), sweep))
                .setOrigin(origin(run.getTrigger()))
                .setRunId(run.getRunId())
                .setFigures(FigureFields.toMessage(price.figures()))
                .setPayload(ByteString.copyFromUtf8(price.payload()))
                .setPayloadType(price.payloadType())
                .setReplayedRejectionId(replay == null ? "" : replay.rejectionId());
        if (price.ingestedAt() != null) {
            value.setIngestedAt(timestamp(price.ingestedAt())).setReadAt(timestamp(fetchedAt));
        }
        return new Event<>(
                observed,
                price.sourceAssetId(),
                value.build(),
                attributes(idOf(price), price.observedAt(), price.sourceAssetId(), trace));
    }

    private Event<ObservationRejected> rejected(
            Refusal refusal, IngestRun run, @Nullable Replay replay, Instant now, String trace) {
        String eventId = EventId.of("refusal", run.getRunId(), String.valueOf(refusal.line()), refusal.text());
        String id = replay == null ? eventId : replay.rejectionId();
        long line = replay == null ? refusal.line() : replay.line();
        ObservationRejected value = ObservationRejected.newBuilder()
                .setRejectionId(id)
                .setSource(refusal.source())
                .setSourceAssetId(refusal.sourceAssetId())
                .addAllReasons(refusal.reasons().stream()
                        .map(reason -> RejectionReason.newBuilder()
                                .setCode(reason.code())
                                .setDetail(reason.detail())
                                .build())
                        .toList())
                .setPosition(RecordPosition.newBuilder().setFile(run.getFile()).setLine(line))
                .setRejectedAt(timestamp(now))
                .setRunId(run.getRunId())
                .setText(refusal.text())
                .setIngestor(ingestor)
                .setContext(refusal.context())
                .build();
        String key = refusal.sourceAssetId().isEmpty() ? id : refusal.sourceAssetId();
        return new Event<>(Topics.PRICES_REJECTED, key, value, attributes(eventId, now, key, trace));
    }

    private Event<AssetDescribed> described(DescribedAsset asset, IngestRun run, Instant fetchedAt, String trace) {
        AssetDescribed value = AssetDescribed.newBuilder()
                .setSource(asset.source())
                .setSourceAssetId(asset.sourceAssetId())
                .setSymbol(asset.symbol())
                .setName(asset.name())
                .addAllPlatforms(asset.contracts().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(contract -> Platform.newBuilder()
                                .setPlatform(contract.getKey())
                                .setAddress(contract.getValue())
                                .build())
                        .toList())
                .addAllQuotes(asset.quotes())
                .setDescribedAt(timestamp(fetchedAt))
                .setRunId(run.getRunId())
                .build();
        String id = EventId.of("described", asset.source(), asset.sourceAssetId(), run.getRunId());
        return new Event<>(
                described, asset.sourceAssetId(), value, attributes(id, fetchedAt, asset.sourceAssetId(), trace));
    }

    private EventAttributes attributes(String id, Instant time, String subject, String trace) {
        return new EventAttributes(id, origin, time, subject, trace);
    }

    /**
     * A run is a trace, recorded or not, and its id the trace's; what is published without being recorded belongs to the
     * report before it.
     */
    private static String traceparent(IngestRun run) {
        return "00-%s-%016x-00".formatted(run.getRunId().replace("-", ""), run.getRevision() + 1);
    }

    /** Equal for equal values, however they were written: 1.50 is 1.5. */
    private static String idOf(ObservedPrice price) {
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(price.source());
        parts.add(price.sourceAssetId());
        parts.add(price.quote());
        parts.add(price.interval().code());
        parts.add(price.observedAt().toString());
        Map<Figure, BigDecimal> figures = price.figures();
        for (Figure figure : Figure.values()) {
            BigDecimal number = figures.get(figure);
            parts.add(number == null ? null : number.stripTrailingZeros().toPlainString());
        }
        return EventId.of(parts.toArray(new @Nullable String[0]));
    }

    private Duration staleAfter(Interval interval, java.time.Duration sweep) {
        java.time.Duration due = interval.length().isZero() ? period(sweep) : interval.length();
        java.time.Duration staleAfter = heartbeat.plus(due.multipliedBy(3));
        return Duration.newBuilder()
                .setSeconds(staleAfter.getSeconds())
                .setNanos(staleAfter.getNano())
                .build();
    }

    /** A sweep that takes no longer than the interval is within three of those; one that does makes polls rarer. */
    private java.time.Duration period(java.time.Duration sweep) {
        return sweep.compareTo(pollInterval) > 0 ? pollInterval.plus(sweep) : pollInterval;
    }

    private static Origin origin(RunTrigger trigger) {
        return switch (trigger) {
            case RUN_TRIGGER_FILE -> Origin.ORIGIN_FILE;
            case RUN_TRIGGER_REPLAY -> Origin.ORIGIN_REPLAY;
            case RUN_TRIGGER_BACKFILL -> Origin.ORIGIN_BACKFILL;
            default -> Origin.ORIGIN_LIVE;
        };
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
