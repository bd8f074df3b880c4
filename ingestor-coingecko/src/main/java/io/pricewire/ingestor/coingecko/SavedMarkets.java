package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Readings;
import java.util.List;

/** Answers of {@code /coins/markets} that somebody has saved. They do not say in which currency their prices are. */
public final class SavedMarkets {

    private static final List<String> PECULIAR = List.of("current_price", "market_cap_rank", "total_volume");

    private SavedMarkets() {}

    /** Whether the answer is one of these; one without records cannot be told. */
    public static boolean isOne(JsonRecords answer) {
        return answer.records().stream()
                .map(JsonRecord::places)
                .anyMatch(places -> PECULIAR.stream().anyMatch(places::contains));
    }

    /** Reads the answer as the ingestor does. */
    public static Batch read(JsonRecords answer, String quote) {
        Readings readings = new Readings();
        answer.records().forEach(json -> readings.add(List.of(Sweep.read(json, quote, answer.receivedAt()))));
        return readings.toBatch(Step.END, 1, 1);
    }
}
