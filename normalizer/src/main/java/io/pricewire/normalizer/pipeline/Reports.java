package io.pricewire.normalizer.pipeline;

import io.pricewire.normalizer.observation.Uuids;
import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.DecideAlias;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import java.util.stream.Stream;

/** Whether what an ingestor says of itself, or an operator asks for, can be kept: its ids are ids, and its times are times. */
final class Reports {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_ASSET_ID = 250;

    private Reports() {}

    static boolean isComplete(IngestRun run) {
        return Uuids.isUuid(run.getRunId())
                && Uuids.isUuidOrEmpty(run.getJoinedRunId())
                && Uuids.isUuidOrEmpty(run.getCommandId())
                && run.getStatus() != RunStatus.UNRECOGNIZED
                && run.getTrigger() != RunTrigger.UNRECOGNIZED
                && Stream.of(run.getStartedAt(), run.getFinishedAt(), run.getRequestedAt(), run.getNextRunAt())
                        .allMatch(Timestamps::isValid);
    }

    static boolean isComplete(AssetDescribed asset) {
        return isId(asset.getSource()) && isId(asset.getSourceAssetId()) && Timestamps.isValid(asset.getDescribedAt());
    }

    static boolean isComplete(NormalizerCommand command) {
        return Uuids.isUuid(command.getCommandId())
                && (!command.hasDecideAlias() || isComplete(command.getDecideAlias()))
                && (!command.hasReplayRejection()
                        || Uuids.isUuid(command.getReplayRejection().getRejectionId()));
    }

    /** An asset's id is a part of every price that is published of it. */
    private static boolean isComplete(DecideAlias decision) {
        return isId(decision.getSource())
                && isId(decision.getSourceAssetId())
                && !decision.getAssetId().isBlank()
                && decision.getAssetId().length() <= LONGEST_ASSET_ID
                && decision.getAssetId().indexOf(0) < 0;
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_ID && text.indexOf(0) < 0;
    }

    static boolean isComplete(Checkpoint checkpoint) {
        return Uuids.isUuid(checkpoint.getRun().getRunId()) && Timestamps.isValid(checkpoint.getUpdatedAt());
    }

    static boolean isComplete(ObservationRejected rejected) {
        return Uuids.isUuid(rejected.getRejectionId())
                && Uuids.isUuidOrEmpty(rejected.getRunId())
                && Uuids.isUuidOrEmpty(rejected.getEventId())
                && Timestamps.isValid(rejected.getRejectedAt());
    }
}
