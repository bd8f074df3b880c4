package io.pricewire.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a user would take instead of the normalizer's storing half: it upserts each observation into both tables. */
enum Peer {

    /** Kafka Connect with Debezium's JDBC sink, once for each table. */
    DEBEZIUM {
        @Override
        MeasuredProcess start(Path peers, Servers servers, Database database, int batch) throws IOException {
            Path target = peers.resolve("debezium/target");
            Path folder = Files.createDirectories(servers.folder().resolve("connect"));
            Path worker = write(folder.resolve("worker.properties"), """
                    bootstrap.servers=%s
                    key.converter=org.apache.kafka.connect.storage.StringConverter
                    value.converter=io.pricewire.bench.peers.ObservedConverter
                    offset.storage.file.filename=%s
                    plugin.path=%s
                    listeners=http://127.0.0.1:0
                    """.formatted(
                            servers.bootstrapServers(), folder.resolve("offsets"), target.resolve("plugins")));
            Path history = write(
                    folder.resolve("history.properties"),
                    SINK.formatted("history", PARALLELISM, database.jdbcUrl(), HISTORY_KEY, HISTORY_VALUES, batch));
            Path latest = write(
                    folder.resolve("latest.properties"),
                    SINK.formatted("latest", PARALLELISM, database.jdbcUrl(), LATEST_KEY, LATEST_VALUES, batch));
            return java(
                    javaHome(),
                    List.of("-cp", target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*"),
                    List.of(
                            "org.apache.kafka.connect.cli.ConnectStandalone",
                            worker.toString(),
                            history.toString(),
                            latest.toString()),
                    folder.resolve("connect.log"));
        }
    },

    /** One Flink job in one JVM, with a sink for each table. Flink does not run on the newest JDK. */
    FLINK {
        @Override
        MeasuredProcess start(Path peers, Servers servers, Database database, int batch) throws IOException {
            Path target = peers.resolve("flink/target");
            return java(
                    System.getenv().getOrDefault("FLINK_JAVA_HOME", javaHome()),
                    List.of(
                            "--add-opens=java.base/java.util=ALL-UNNAMED",
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "--add-opens=java.base/java.time=ALL-UNNAMED",
                            "--add-opens=java.base/java.math=ALL-UNNAMED",
                            "-cp",
                            target.resolve("flink-job.jar") + File.pathSeparator + target.resolve("lib") + "/*"),
                    List.of(
                            "io.pricewire.bench.peers.FlinkJob",
                            servers.bootstrapServers(),
                            Observations.TOPIC.name(),
                            database.jdbcUrl() + "?user=pricewire",
                            String.valueOf(PARALLELISM),
                            String.valueOf(batch)),
                    servers.folder().resolve("flink.log"));
        }
    };

    private static final int PARALLELISM = 2;
    private static final String LATEST_KEY = "source,source_asset_id,quote";
    private static final String HISTORY_KEY = LATEST_KEY + ",interval,observed_at";
    private static final String HISTORY_VALUES = HISTORY_KEY
            + ",observed_at_assumed,asset_id,ingested_at,event_id,run_id,origin,price,market_cap,volume_24h";
    private static final String LATEST_VALUES = HISTORY_VALUES + ",symbol,name";

    /** The offsets are polled in large pieces: with pieces of 4 MiB it was found to be slower again. */
    private static final String SINK = """
            name=%1$s
            connector.class=io.debezium.connector.jdbc.JdbcSinkConnector
            tasks.max=%2$d
            topics=prices.raw.bench
            connection.url=%3$s?reWriteBatchedInserts=true
            connection.username=pricewire
            connection.password=none
            connection.pool.max_size=8
            insert.mode=upsert
            primary.key.mode=record_value
            primary.key.fields=%4$s
            field.include.list=%5$s
            schema.evolution=none
            collection.name.format=price_%1$s
            batch.size=%6$d
            use.reduction.buffer=true
            dialect.postgres.unnest.insert.enabled=true
            errors.tolerance=none
            consumer.override.auto.offset.reset=earliest
            consumer.override.max.poll.records=%6$d
            consumer.override.fetch.min.bytes=262144
            consumer.override.fetch.max.wait.ms=100
            """;

    abstract MeasuredProcess start(Path peers, Servers servers, Database database, int batch) throws IOException;

    private static MeasuredProcess java(String home, List<String> options, List<String> main, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(home, "bin", "java").toString());
        command.addAll(MeasuredProcess.HEAP);
        command.addAll(options);
        command.addAll(main);
        return MeasuredProcess.start(command, Map.of(), log);
    }

    private static String javaHome() {
        return System.getProperty("java.home");
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }
}
