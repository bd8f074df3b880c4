package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
import java.util.List;

/** Answers of {@code /tickers} that somebody has saved. Each record says in which currencies its prices are. */
public final class SavedTickers {

    private static final String QUOTES = "quotes.";

    private SavedTickers() {}

    /** Whether the answer is one of these; one without records cannot be told. */
    public static boolean isOne(JsonRecords answer) {
        return answer.records().stream().anyMatch(json -> !quotes(json).isEmpty());
    }

    /** Reads the answer as the ingestor does, in every currency that a record has. */
    public static Batch read(JsonRecords answer) {
        Readings readings = new Readings(CoinPaprikaSource::read);
        for (JsonRecord json : answer.records()) {
            List<String> quotes = quotes(json);
            readings.add(json, new RecordContext(quotes.isEmpty() ? List.of("USD") : quotes, answer.receivedAt()));
        }
        return readings.toBatch("end", 1, 1);
    }

    private static List<String> quotes(JsonRecord json) {
        return json.places().stream()
                .filter(place -> place.startsWith(QUOTES) && place.indexOf('.', QUOTES.length()) > 0)
                .map(place -> place.substring(QUOTES.length(), place.indexOf('.', QUOTES.length())))
                .distinct()
                .sorted()
                .toList();
    }
}
