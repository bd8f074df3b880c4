package io.pricewire.standalone;

import io.pricewire.query.access.KeyEntry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where everything runs.
 *
 * @param folder what is kept between runs, relative to the working directory
 * @param httpAddress of the API: one of this machine's, or {@code 0.0.0.0} for all of them
 * @param httpPort of the API
 * @param kafkaPort of the embedded broker
 * @param postgresPort of the embedded database
 * @param kafka a broker to use instead of the embedded one: {@code KAFKA_BOOTSTRAP_SERVERS}; empty for the embedded one
 * @param database a database to use instead of the embedded one: {@code DATABASE_URL}; empty for the embedded one
 * @param csvDirectory the watched folder
 * @param coingecko whether CoinGecko's ingestor is started
 * @param coinpaprika whether CoinPaprika's ingestor is started
 * @param gemini whether Gemini's ingestor is started
 * @param canary whether the canary's ingestor is started
 * @param api where the API of a Pricewire is that runs in other places: {@code load} and {@code check} then work with that
 *     one, its watched folder and its database; empty for the one in the folder
 * @param apiKey a key with which that API may be read; empty for none
 */
@ConfigurationProperties("pricewire.standalone")
record StandaloneSettings(
        @DefaultValue(".pricewire") Path folder,
        @DefaultValue("127.0.0.1") InetAddress httpAddress,
        @DefaultValue("8080") int httpPort,
        @DefaultValue("9092") int kafkaPort,
        @DefaultValue("15432") int postgresPort,
        @DefaultValue("") String kafka,
        @DefaultValue("") String database,
        @DefaultValue("data/csv") Path csvDirectory,
        @DefaultValue("true") boolean coingecko,
        @DefaultValue("true") boolean coinpaprika,
        @DefaultValue("true") boolean gemini,
        @DefaultValue("false") boolean canary,
        @DefaultValue("") String api,
        @DefaultValue("") String apiKey) {

    private static final int HIGHEST_PORT = 65_535;

    StandaloneSettings {
        requirePort("SERVER_PORT", httpPort);
        requirePort("pricewire.standalone.kafka-port", kafkaPort);
        requirePort("pricewire.standalone.postgres-port", postgresPort);
        if (!apiKey.isEmpty() && !KeyEntry.canBeBrought(apiKey)) {
            throw new IllegalArgumentException(
                    "pricewire.standalone.api-key takes printable characters of ASCII, and no"
                            + " space at its ends; no header brings others");
        }
        folder = folder.toAbsolutePath().normalize();
        csvDirectory = csvDirectory.toAbsolutePath().normalize();
    }

    boolean embedsKafka() {
        return kafka.isEmpty();
    }

    boolean embedsPostgres() {
        return database.isEmpty();
    }

    /** Whether broker and database are its own. */
    boolean isSelfContained() {
        return embedsKafka() && embedsPostgres();
    }

    /** Whether it runs in other places, in containers for instance. */
    boolean isElsewhere() {
        return !api.isEmpty();
    }

    /** Where the API is, as this machine reaches it. */
    String url() {
        boolean isLocalhost =
                httpAddress.isAnyLocalAddress() || httpAddress.getHostAddress().equals("127.0.0.1");
        String address = httpAddress.getHostAddress();
        String host = httpAddress instanceof Inet6Address ? "[%s]".formatted(address) : address;
        return "http://%s:%d".formatted(isLocalhost ? "localhost" : host, httpPort);
    }

    /** Says nothing of passwords and keys. */
    @Override
    public String toString() {
        return "StandaloneSettings[folder=%s, url=%s, csvDirectory=%s]".formatted(folder, url(), csvDirectory);
    }

    private static void requirePort(String name, int port) {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("%s is %d; it takes 1 to %d".formatted(name, port, HIGHEST_PORT));
        }
    }
}
