package io.pricewire.query.quality;

import static java.util.Objects.requireNonNull;

import io.pricewire.query.listing.Conditions;
import io.pricewire.query.listing.Listing;
import io.pricewire.query.listing.Values;
import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The scores of the sources, by source and window, as the normalizer has calculated them. */
final class QualityListing implements Listing<QualityView> {

    private static final Parameter<Set<String>> SOURCE = Parameter.list("source", "Only of these sources.");

    static final Parameters PARAMETERS = Parameters.of(SOURCE);

    private final Arguments arguments;
    private final DatabaseClient client;

    QualityListing(Arguments arguments, DatabaseClient client) {
        this.arguments = arguments;
        this.client = client;
    }

    @Override
    public Mono<List<QualityView>> rows(@Nullable Cursor after, long offset, int limit) {
        Values values = new Values();
        Conditions wanted = wanted(values);
        if (after != null) {
            wanted.add("(source, \"window\") > (%s, %s)".formatted(values.add(after.get(0)), values.add(after.get(1))));
        }
        String sql = "select * from source_quality where %s order by source, \"window\" offset %s limit %s"
                .formatted(wanted.sql(), values.add(offset), values.add(limit));
        return values.bind(sql, client).map(QualityListing::read).all().collectList();
    }

    @Override
    public Mono<Long> count() {
        Values values = new Values();
        return values.bind(
                        "select count(*) from source_quality where "
                                + wanted(values).sql(),
                        client)
                .map(row -> requireNonNull(row.get(0, Long.class)))
                .one();
    }

    @Override
    public Cursor placeOf(QualityView row) {
        return Cursor.of(row.source(), row.window());
    }

    @Override
    public int partsOfPlace() {
        return 2;
    }

    private Conditions wanted(Values values) {
        Conditions wanted = new Conditions(values);
        wanted.oneOf("source", arguments.find(SOURCE));
        return wanted;
    }

    private static QualityView read(Readable row) {
        return new QualityView(
                get(row, "source", String.class),
                get(row, "window", String.class),
                row.get("completeness", BigDecimal.class),
                row.get("consistency", BigDecimal.class),
                row.get("freshness", BigDecimal.class),
                row.get("validity", BigDecimal.class),
                row.get("agreement", BigDecimal.class),
                get(row, "observed", Long.class),
                get(row, "rejected", Long.class),
                List.of(get(row, "fields", String[].class)),
                get(row, "calculated_at", Instant.class));
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return requireNonNull(row.get(column, type));
    }
}
