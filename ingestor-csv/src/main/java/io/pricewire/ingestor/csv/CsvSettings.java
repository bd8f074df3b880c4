package io.pricewire.ingestor.csv;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which folder is watched, and how.
 *
 * @param directory where the files are; made where it is missing
 * @param scanInterval how long after one look at the folder the next comes
 * @param settleTime a file that was modified less than this ago may still be being written, and is left alone
 * @param batchSize the most rows that are published in one transaction, 1 to 100,000
 */
@ConfigurationProperties("pricewire.csv")
public record CsvSettings(
        @DefaultValue("data/csv") Path directory,
        @DefaultValue("1s") Duration scanInterval,
        @DefaultValue("2s") Duration settleTime,
        @DefaultValue("5000") int batchSize) {

    private static final int LARGEST_BATCH = 100_000;

    public CsvSettings {
        requirePositive("pricewire.csv.scan-interval", scanInterval);
        requirePositive("pricewire.csv.settle-time", settleTime);
        if (batchSize < 1 || batchSize > LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "pricewire.csv.batch-size is %d; it takes 1 to %d".formatted(batchSize, LARGEST_BATCH));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s is %s; it takes more than 0".formatted(name, value));
        }
    }
}
