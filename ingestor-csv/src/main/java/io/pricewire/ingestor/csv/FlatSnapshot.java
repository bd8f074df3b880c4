package io.pricewire.ingestor.csv;

import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row for each coin, without a time: {@code coin_id,name,symbol,price_usd,market_cap,volume_24h}. The whole file was
 * true at one instant, which its owner, its name or its modification time tells. Amounts are in US dollars.
 */
final class FlatSnapshot implements Dialect {

    private static final Set<String> HEADER = Set.of("coin_id", "name", "symbol", "price_usd");

    @Override
    public @Nullable RowReader recognise(Columns columns, CsvFile file, Sample sample) {
        return columns.hasAll(HEADER) ? new Rows(columns, file.observedAt(), file.isObservedAtAssumed()) : null;
    }

    private record Rows(Columns columns, Instant observedAt, boolean assumed) implements RowReader {

        @Override
        public String source() {
            return "csv-generic";
        }

        @Override
        public void read(List<String> cells, Row row) {
            row.asset(columns.cell(cells, "coin_id"), columns.cell(cells, "symbol"), columns.cell(cells, "name"));
            row.quote("USD");
            row.observed(Interval.TICK, observedAt, assumed);
            row.figure(Figure.PRICE, columns.cell(cells, "price_usd"));
            row.figure(Figure.MARKET_CAP, columns.cell(cells, "market_cap", "market_cap_usd"));
            row.figure(Figure.VOLUME_24H, columns.cell(cells, "volume_24h", "volume_24h_usd"));
            row.figure(Figure.CHANGE_24H_PCT, columns.cell(cells, "percent_change_24h", "change_24h"));
            row.rank(columns.cell(cells, "rank"));
        }
    }
}
