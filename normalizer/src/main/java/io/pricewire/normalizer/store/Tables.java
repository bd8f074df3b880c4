package io.pricewire.normalizer.store;

import io.pricewire.normalizer.observation.Figure;
import io.pricewire.normalizer.observation.Observation;
import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Platform;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is handed to the statement, column by column. */
final class Tables {

    static final RowSet<StoredObservation> OBSERVATIONS = new RowSet<>("observed", observationColumns());

    static final RowSet<StoredObservation> PAYLOADS = new RowSet<>(
            "sent",
            List.of(
                    Column.uuid("event_id", row -> row.observation().eventId()),
                    time("ingested_at", row -> row.observation().payloadAt()),
                    Column.text("source", row -> row.observation().source()),
                    Column.text("source_asset_id", row -> row.observation().sourceAssetId()),
                    Column.text("quote", row -> row.observation().quote()),
                    time("observed_at", row -> row.observation().observedAt()),
                    Column.uuid("run_id", row -> row.observation().runId()),
                    Column.text("payload", Tables::payload),
                    Column.text(
                            "payload_type",
                            row -> row.observation().event().value().getPayloadType())));

    static final RowSet<PlatformRow> PLATFORMS = new RowSet<>(
            "described",
            List.of(
                    Column.text("source", row -> row.asset().getSource()),
                    Column.text("source_asset_id", row -> row.asset().getSourceAssetId()),
                    Column.text("platform", row -> row.platform().getPlatform()),
                    Column.text("address", row -> row.platform().getAddress())));

    static final RowSet<AssetDescribed> OFFERED = new RowSet<>(
            "offered",
            List.of(
                    Column.text("source", AssetDescribed::getSource),
                    Column.text("source_asset_id", AssetDescribed::getSourceAssetId),
                    Column.text("symbol", AssetDescribed::getSymbol),
                    Column.text("name", AssetDescribed::getName),
                    // The driver takes no array within an array.
                    Column.text("quotes", asset -> String.join(",", asset.getQuotesList())),
                    time("described_at", asset -> RunColumns.instant(asset.getDescribedAt()))));

    static final RowSet<ObservationRejected> REJECTIONS = new RowSet<>("rejected", RejectionColumns.ALL);

    static final RowSet<IngestRun> RUNS = new RowSet<>("ran", RunColumns.ALL);

    static final RowSet<Checkpoint> CHECKPOINTS = new RowSet<>(
            "reached",
            List.of(
                    Column.text("ingestor", Checkpoint::getIngestor),
                    Column.text("file", Checkpoint::getFile),
                    Column.text("position", Checkpoint::getPosition),
                    Column.uuid("run_id", checkpoint -> checkpoint.getRun().getRunId()),
                    time("updated_at", checkpoint -> RunColumns.instant(checkpoint.getUpdatedAt()))));

    private Tables() {}

    /** One contract of an asset. */
    record PlatformRow(AssetDescribed asset, Platform platform) {

        private static final int MOST_CHARACTERS = 200;

        /** What an index cannot take is no address that any chain has. */
        static Stream<PlatformRow> of(AssetDescribed asset) {
            return asset.getPlatformsList().stream()
                    .filter(platform -> !platform.getAddress().isBlank())
                    .filter(platform -> platform.getAddress().length() <= MOST_CHARACTERS
                            && platform.getPlatform().length() <= MOST_CHARACTERS)
                    .map(platform -> new PlatformRow(asset, platform));
        }
    }

    static <R> Column<R> time(String name, Function<R, @Nullable Instant> value) {
        return new Column<>(name, "timestamptz", OffsetDateTime.class, row -> offset(value.apply(row)));
    }

    private static List<Column<StoredObservation>> observationColumns() {
        List<Column<StoredObservation>> columns = new ArrayList<>(List.of(
                Column.text("source", row -> row.observation().source()),
                Column.text("source_asset_id", row -> row.observation().sourceAssetId()),
                Column.text("quote", row -> row.observation().quote()),
                Column.text("interval", row -> row.observation().interval()),
                time("observed_at", row -> row.observation().observedAt()),
                new Column<>(
                        "observed_at_assumed",
                        "boolean",
                        Boolean.class,
                        row -> row.observation().observedAtAssumed()),
                Column.text("believed_asset_id", StoredObservation::assetId),
                Column.text("symbol", row -> row.observation().symbol()),
                Column.text("name", row -> row.observation().name()),
                time("ingested_at", row -> row.observation().ingestedAt()),
                Column.uuid("event_id", row -> row.observation().eventId()),
                Column.uuid("run_id", row -> row.observation().runId()),
                Column.text("origin", row -> row.observation().origin()),
                new Column<>(
                        "stale_after_ms",
                        "bigint",
                        Long.class,
                        row -> row.observation().staleAfter().toMillis()),
                new Column<>(
                        "rank",
                        "integer",
                        Integer.class,
                        row -> row.observation().rank())));
        for (Figure figure : Figure.values()) {
            columns.add(new Column<>(
                    figure.column(),
                    "numeric",
                    BigDecimal.class,
                    row -> row.observation().figures().get(figure)));
        }
        return columns;
    }

    /** Arrays of bytes are silently corrupted by the driver; Postgres decodes the text. */
    private static String payload(StoredObservation row) {
        Observation observation = row.observation();
        return Base64.getEncoder()
                .encodeToString(observation.event().value().getPayload().toByteArray());
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
