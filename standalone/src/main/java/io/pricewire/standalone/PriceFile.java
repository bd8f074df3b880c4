package io.pricewire.standalone;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.coingecko.SavedMarkets;
import io.pricewire.ingestor.coinpaprika.SavedHistory;
import io.pricewire.ingestor.coinpaprika.SavedTickers;
import io.pricewire.ingestor.csv.FileLabel;
import io.pricewire.ingestor.csv.LooseFile;
import io.pricewire.ingestor.http.Answer;
import io.pricewire.ingestor.http.JsonRecords;
import io.pricewire.ingestor.http.Quotes;
import io.pricewire.ingestor.http.UnreadableAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of prices, read as the ingestors read it: a saved answer of an aggregator, a CSV file of any dialect, or an archive
 * of what left the database. Which it is its content tells.
 *
 * @param name by which its owner knows it
 * @param label what its owner says of it
 * @param quote the currency of prices that do not say theirs; null where nobody said, which means US dollars
 * @param asset what CoinPaprika calls the coin that an answer is about which does not say it; null where nobody said
 */
record PriceFile(
        Path path,
        String name,
        FileLabel label,
        @Nullable String quote,
        @Nullable String asset) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int BEGINNING = 4096;

    /** @throws UsageException where the quote is no currency */
    PriceFile {
        if (quote != null) {
            try {
                quote = Quotes.require("--quote", List.of(quote)).getFirst();
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Whether it is loaded as Pricewire's CSV, because the CSV ingestor does not read it. */
    boolean isTransformed() throws IOException {
        return isAnswer() || isArchive();
    }

    /** Whether it is what has left the database, and may have to come back more than once. */
    boolean isArchive() throws IOException {
        return ArchivedHistory.isOne(path);
    }

    /** Whether it is JSON, and so an answer, unless it is an archive. */
    private boolean isAnswer() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String text = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
            String start = text.replaceFirst(BYTE_ORDER_MARK, "").stripLeading();
            return start.startsWith("[") || start.startsWith("{");
        }
    }

    /**
     * Reads all of it.
     *
     * @param say is told what was assumed
     * @throws UsageException where it is nothing that is known
     */
    void read(Consumer<Batch> batches, Consumer<String> say) throws IOException {
        LooseFile file = new LooseFile(path, label);
        try {
            if (isArchive()) {
                ArchivedHistory.read(path, name, batches);
            } else if (isAnswer()) {
                batches.accept(read(JsonRecords.read(Answer.of(Files.readAllBytes(path), file.observedAt())), say));
            } else {
                file.read(batches);
            }
        } catch (SourceException e) {
            throw new UsageException("%s: %s".formatted(name, e.getMessage()));
        } catch (UnreadableAnswerException e) {
            throw new UsageException("%s: the service %s".formatted(name, e.getMessage()));
        }
    }

    private Batch read(JsonRecords answer, Consumer<String> say) {
        if (SavedTickers.isOne(answer)) {
            return SavedTickers.read(answer);
        }
        if (SavedMarkets.isOne(answer)) {
            if (quote == null) {
                say.accept(
                        "%s: answers of CoinGecko do not say their currency; this one is taken to be in USD (--quote)"
                                .formatted(name));
            }
            return SavedMarkets.read(answer, quote == null ? "USD" : quote);
        }
        if (SavedHistory.isOne(answer)) {
            if (asset == null) {
                throw new UsageException(
                        "%s: answers of CoinPaprika about the past do not say which coin they are about; say it with --asset btc-bitcoin"
                                .formatted(name));
            }
            if (quote == null) {
                say.accept(
                        "%s: answers about the past do not say their currency; this one is taken to be in USD (--quote)"
                                .formatted(name));
            }
            return SavedHistory.read(answer, asset, quote == null ? "USD" : quote);
        }
        if (answer.records().isEmpty()) {
            return new Batch(List.of(), List.of(), "end", 1, 1);
        }
        throw new UsageException(
                "%s: the JSON is neither an answer of CoinGecko's /coins/markets nor of CoinPaprika's /tickers or its history"
                        .formatted(name));
    }
}
