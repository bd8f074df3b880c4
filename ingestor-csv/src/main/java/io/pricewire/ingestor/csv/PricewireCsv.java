package io.pricewire.ingestor.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes prices as Pricewire's own CSV: a header, and a row for each price. What is unknown is empty, and decimals are in
 * plain notation. The CSV ingestor reads it again, with every digit and under the same names.
 */
public final class PricewireCsv {

    private final CsvWriter csv;

    /**
     * Writes the header.
     *
     * @param out is not closed
     */
    public PricewireCsv(Writer out) {
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        List<String> header = new ArrayList<>(List.of(
                PricewireRows.SOURCE,
                PricewireRows.ASSET,
                PricewireRows.SYMBOL,
                PricewireRows.NAME,
                PricewireRows.QUOTE,
                PricewireRows.INTERVAL,
                PricewireRows.OBSERVED_AT));
        PricewireRows.FIGURES.forEach(figure -> header.add(figure.field()));
        header.add(PricewireRows.ASSUMED);
        header.add(PricewireRows.INGESTED_AT);
        csv.writeRecord(header);
    }

    public void write(ObservedPrice price) {
        List<String> cells = new ArrayList<>(List.of(
                price.source(),
                price.sourceAssetId(),
                price.symbol(),
                price.name(),
                price.quote(),
                price.interval().code(),
                price.observedAt().toString()));
        PricewireRows.FIGURES.forEach(figure -> cells.add(digits(price, figure)));
        cells.add(String.valueOf(price.observedAtAssumed()));
        cells.add(price.ingestedAt() == null ? "" : price.ingestedAt().toString());
        csv.writeRecord(cells);
    }

    /** Hands on all that was written. */
    public void flush() throws IOException {
        csv.flush();
    }

    private static String digits(ObservedPrice price, Figure figure) {
        BigDecimal number = price.figures().get(figure);
        return number == null ? "" : number.toPlainString();
    }
}
