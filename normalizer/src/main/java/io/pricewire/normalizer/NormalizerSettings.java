package io.pricewire.normalizer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the normalizer does at a time.
 *
 * @param batchSize the most records that are written in one statement and published in one transaction, 1 to 50,000
 * @param pipelines how many batches are in progress at a time, each of other partitions, 1 to 24
 * @param instance a name that no other instance has, so that a restart need not wait for what it left open; empty for a
 *     new one at each start
 * @param rawPayloads whether what the source sent is kept for every observation, in {@code raw_observation}
 */
@ConfigurationProperties("pricewire.normalizer")
public record NormalizerSettings(
        @DefaultValue("5000") int batchSize,
        @DefaultValue("3") int pipelines,
        @DefaultValue("") String instance,
        @DefaultValue("true") boolean rawPayloads) {

    private static final int LARGEST_BATCH = 50_000;
    private static final int MOST_PIPELINES = 24;

    public NormalizerSettings {
        requireBetween("NORMALIZER_BATCH_SIZE", batchSize, LARGEST_BATCH);
        requireBetween("pricewire.normalizer.pipelines", pipelines, MOST_PIPELINES);
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("%s is %d; it takes 1 to %d".formatted(name, value, most));
        }
    }
}
