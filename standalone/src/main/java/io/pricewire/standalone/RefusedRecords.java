package io.pricewire.standalone;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.pricewire.ingestor.Refusal;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.Collectors;

/** Writes what was refused as CSV: what it was about, where it stands, why, and its own text. */
final class RefusedRecords {

    private final CsvWriter csv;

    /** @param out is not closed */
    RefusedRecords(Writer out) {
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        csv.writeRecord("source", "source_asset_id", "line", "reasons", "text");
    }

    void write(Refusal refusal) {
        csv.writeRecord(
                refusal.source(),
                refusal.sourceAssetId(),
                refusal.line() == 0 ? "" : String.valueOf(refusal.line()),
                reasons(refusal),
                refusal.text());
    }

    void flush() throws IOException {
        csv.flush();
    }

    /** Why, in one line. */
    static String reasons(Refusal refusal) {
        return refusal.reasons().stream()
                .map(reason -> "%s: %s".formatted(reason.code(), reason.detail()))
                .collect(Collectors.joining("; "));
    }
}
