package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Readings;

/**
 * Answers of {@code /tickers/{id}/historical} and {@code /coins/{id}/ohlcv/historical} that somebody has saved. They say
 * neither which coin they are about, nor in which currency its prices are.
 */
public final class SavedHistory {

    private SavedHistory() {}

    /** Whether the answer is one of these; one without records cannot be told. */
    public static boolean isOne(JsonRecords answer) {
        return answer.records().stream().anyMatch(json -> isBar(json) || isTick(json));
    }

    /**
     * Reads the answer as the ingestor does.
     *
     * @param asset CoinPaprika's id of the coin
     */
    public static Batch read(JsonRecords answer, String asset, String quote) {
        boolean hasBars = answer.records().stream().anyMatch(SavedHistory::isBar);
        return new Readings(CoinPaprikaSource::read)
                .add(answer.records(), answer.context(hasBars ? History.BARS : History.TICKS, asset, quote))
                .toBatch("end", 1, 1);
    }

    private static boolean isBar(JsonRecord json) {
        return json.at("time_open") != null && json.at("close") != null;
    }

    private static boolean isTick(JsonRecord json) {
        return json.at("timestamp") != null && json.at("price") != null && json.at("id") == null;
    }
}
