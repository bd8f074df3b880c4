package io.pricewire.query.rejected;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.rejected.RejectionView.Reason;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Records in quarantine, the latest first. A record may be large: only its beginning is read. */
final class RejectionListing implements Listing<RejectionView> {

    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only from these sources.");
    private static final Parameter<Set<String>> REASON =
            Parameter.list("reason", "Only those that broke one of these rules, by their codes.");
    private static final Parameter<UUID> RUN = Parameter.uuid("run", "Only those that this run brought.");
    private static final Parameter<Instant> FROM = Parameter.time("from", "Only rejected at this time or later.");
    private static final Parameter<Instant> TO = Parameter.time("to", "Only rejected before this time.");

    static final Parameters PARAMETERS = Parameters.of(SOURCE, REASON, RUN, FROM, TO);

    private static final int MOST_OF_ORIGINAL = 8_192;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private final Arguments arguments;
    private final DatabaseClient client;

    RejectionListing(Arguments arguments, DatabaseClient client) {
        this.arguments = arguments;
        this.client = client;
    }

    @Override
    public Mono<List<RejectionView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = wanted(values);
        if (after != null) {
            wanted.laterFirst("rejected_at", after.time(0), "rejection_id", values.add(after.uuid(1)));
        }
        String sql = """
                select rejection_id, source, source_asset_id, reasons, substring(original for %d) as beginning,
                  original_type, length(original) as original_size, topic, partition, "offset", file, line, run_id,
                  rejected_at
                from rejected_observation where %s order by rejected_at desc, rejection_id offset %s limit %s""".formatted(MOST_OF_ORIGINAL, wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client).map(RejectionListing::read).all().collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind(
                        "select count(*) from rejected_observation where "
                                + wanted(values).sql(),
                        client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(RejectionView row) {
        return Cursor.of(row.rejectedAt().toString(), row.rejectionId().toString());
    }

    @Override
    public int partsOfPlace() {
        return 2;
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.add("replayed_at is null");
        wanted.oneOf("source", arguments.find(SOURCE));
        wanted.equal("run_id", arguments.find(RUN));
        wanted.between("rejected_at", arguments.find(FROM), arguments.find(TO));
        Set<String> reasons = arguments.find(REASON);
        if (reasons != null) {
            wanted.add(reasons.stream()
                    .map(code -> "reasons @> %s::jsonb"
                            .formatted(values.add(JSON.writeValueAsString(List.of(Map.of("code", code))))))
                    .collect(Collectors.joining(" or ", "(", ")")));
        }
        return wanted;
    }

    private static RejectionView read(Readable row) {
        String type = get(row, "original_type", String.class);
        return new RejectionView(
                get(row, "rejection_id", UUID.class),
                get(row, "source", String.class),
                get(row, "source_asset_id", String.class),
                JSON.readValue(get(row, "reasons", String.class), REASONS),
                text(get(row, "beginning", byte[].class), type),
                type,
                get(row, "original_size", Integer.class),
                row.get("topic", String.class),
                row.get("partition", Integer.class),
                row.get("offset", Long.class),
                row.get("file", String.class),
                row.get("line", Long.class),
                row.get("run_id", UUID.class),
                get(row, "rejected_at", Instant.class));
    }

    private static String text(byte[] original, String type) {
        return type.startsWith("text/")
                ? new String(original, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(original);
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
