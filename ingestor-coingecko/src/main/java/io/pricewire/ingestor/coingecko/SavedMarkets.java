package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Readings;
import io.pricewire.ingestor.http.RecordContext;
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
        return new Readings(Sweep::read)
                .add(answer.records(), new RecordContext(List.of(quote), answer.receivedAt()))
                .toBatch(Step.END, 1, 1);
    }
}
