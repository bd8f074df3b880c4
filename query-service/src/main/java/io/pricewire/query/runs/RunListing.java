package io.pricewire.query.runs;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Runs, the newest first: by when they started, or were asked for where they have not. */
final class RunListing implements Listing<RunListing.Listed> {

    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only of these ingestors.");
    private static final Parameter<Set<String>> STATUS = Parameter.choices(
            "status",
            "Only with these statuses: requested, running, success, partial, failure, joined.",
            List.of("requested", "running", "success", "partial", "failure", "joined"));
    private static final Parameter<UUID> COMMAND =
            Parameter.uuid("command", "Only those that the command of this id asked for.");

    static final Parameters PARAMETERS = Parameters.of(SOURCE, STATUS, COMMAND);

    private final Arguments arguments;
    private final Instant now;
    private final DatabaseClient client;

    RunListing(Arguments arguments, Instant now, DatabaseClient client) {
        this.arguments = arguments;
        this.now = now;
        this.client = client;
    }

    @Override
    public Mono<List<Listed>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = wanted(values);
        if (after != null) {
            wanted.laterFirst("listed_at", after.time(0), "run_id", values.add(after.uuid(1)));
        }
        String sql = "select * from ingest_run where %s order by listed_at desc, run_id offset %s limit %s"
                .formatted(wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client).map(this::read).all().collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind(
                        "select count(*) from ingest_run where "
                                + wanted(values).sql(),
                        client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(Listed row) {
        return Cursor.of(row.listedAt.toString(), row.run.runId().toString());
    }

    @Override
    public int partsOfPlace() {
        return 2;
    }

    private Listed read(Readable row) {
        return new Listed(RunRow.read(row).at(now), requireNonNull(row.get("listed_at", Instant.class)));
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.oneOf("ingestor", arguments.find(SOURCE));
        wanted.equal("command_id", arguments.find(COMMAND));
        Set<String> statuses = arguments.find(STATUS);
        if (statuses != null) {
            wanted.add(inOneOf(statuses, values));
        }
        return wanted;
    }

    /** Those that nobody took in time are stored as requested, and have failed. */
    private String inOneOf(Set<String> statuses, Values values) {
        Set<String> asStored = new HashSet<>(statuses);
        asStored.remove(RunView.REQUESTED);
        StringBuilder condition =
                new StringBuilder("status = any(%s)".formatted(values.add(asStored.toArray(new String[0]))));
        if (statuses.contains(RunView.REQUESTED)) {
            condition.append(" or (status = 'requested' and %s)".formatted(isInTime(values)));
        }
        if (statuses.contains(RunView.FAILURE)) {
            condition.append(" or (status = 'requested' and not (%s))".formatted(isInTime(values)));
        }
        return "(" + condition + ")";
    }

    private String isInTime(Values values) {
        return "coalesce(requested_at, 'infinity') >= " + values.add(now.minus(RunView.TAKEN_WITHIN));
    }

    /** A run, and where it stands in the list. */
    record Listed(RunView run, Instant listedAt) {}
}
