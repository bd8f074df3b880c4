package io.pricewire.bench.peers;

import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.PriceObserved;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the observations and upserts each into history and latest: FlinkJob SERVERS TOPIC JDBC_URL PARALLELISM BATCH. */
public final class FlinkJob {

    private static final String KEY = "source, source_asset_id, quote";
    private static final String VALUES =
            "observed_at_assumed, asset_id, ingested_at, event_id, run_id, origin, price, market_cap, volume_24h";

    private FlinkJob() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[2];
        int batch = Integer.parseInt(arguments[4]);
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.object-reuse", "true");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(Integer.parseInt(arguments[3]), configuration);
        environment.enableCheckpointing(5_000);
        KafkaSource<Row> source = KafkaSource.<Row>builder()
                .setBootstrapServers(arguments[0])
                .setTopics(arguments[1])
                .setGroupId("flink")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new Reader())
                .build();
        DataStream<Row> rows = environment.fromSource(source, WatermarkStrategy.noWatermarks(), "observations");
        // Only of different keys may a driver make one statement, and in history every key is another.
        rows.sinkTo(sink("price_history", KEY + ", interval, observed_at", VALUES, false, url + "&reWriteBatchedInserts=true", batch));
        rows.sinkTo(sink("price_latest", KEY, "interval, observed_at, " + VALUES + ", symbol, name", true, url, batch));
        environment.execute();
    }

    private static JdbcSink<Row> sink(
            String table, String key, String values, boolean latest, String url, int batch) {
        String columns = key + ", " + values;
        String sql = "insert into %s (%s) values (%s) on conflict (%s) do update set (%s) = (%s)"
                .formatted(
                        table,
                        columns,
                        columns.replaceAll("[^,]+", "?"),
                        key,
                        values,
                        values.replaceAll("(\\w+)", "excluded.$1"));
        return JdbcSink.<Row>builder()
                .withExecutionOptions(JdbcExecutionOptions.builder()
                        .withBatchSize(batch)
                        .withBatchIntervalMs(200)
                        .withMaxRetries(1)
                        .build())
                .withQueryStatement(sql, (statement, row) -> row.bind(statement, latest))
                .buildAtLeastOnce(new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(url)
                        .withDriverName("org.postgresql.Driver")
                        .build());
    }

    /** An observation as Flink hands it on. */
    public static final class Row implements Serializable {

        public String source;
        public String sourceAssetId;
        public String quote;
        public String interval;
        public long observedAtMillis;
        public boolean observedAtAssumed;
        public long ingestedAtMillis;
        public String eventId;
        public String runId;
        public String symbol;
        public String name;
        public BigDecimal price;
        public BigDecimal marketCap;
        public BigDecimal volume;

        void bind(PreparedStatement statement, boolean latest) throws SQLException {
            int i = 1;
            statement.setString(i++, source);
            statement.setString(i++, sourceAssetId);
            statement.setString(i++, quote);
            statement.setString(i++, interval);
            statement.setObject(i++, time(observedAtMillis));
            statement.setBoolean(i++, observedAtAssumed);
            statement.setString(i++, sourceAssetId);
            statement.setObject(i++, time(ingestedAtMillis));
            statement.setObject(i++, UUID.fromString(eventId));
            statement.setObject(i++, UUID.fromString(runId));
            statement.setString(i++, "live");
            statement.setBigDecimal(i++, price);
            statement.setBigDecimal(i++, marketCap);
            statement.setBigDecimal(i++, volume);
            if (latest) {
                statement.setString(i++, symbol);
                statement.setString(i++, name);
            }
        }

        private static OffsetDateTime time(long millis) {
            return OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
        }
    }

    private static final class Reader implements KafkaRecordDeserializationSchema<Row> {

        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Row> out) throws IOException {
            PriceObserved observed = PriceObserved.parseFrom(record.value());
            Row row = new Row();
            row.source = observed.getSource();
            row.sourceAssetId = observed.getSourceAssetId();
            row.quote = observed.getQuote();
            row.interval = observed.getInterval();
            row.observedAtMillis = observed.getObservedAt().getSeconds() * 1_000
                    + observed.getObservedAt().getNanos() / 1_000_000;
            row.observedAtAssumed = observed.getObservedAtAssumed();
            row.ingestedAtMillis = observed.getIngestedAt().getSeconds() * 1_000
                    + observed.getIngestedAt().getNanos() / 1_000_000;
            row.eventId = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
            row.runId = observed.getRunId();
            row.symbol = observed.getSymbol();
            row.name = observed.getName();
            row.price = number(observed.getFigures().getPrice());
            row.marketCap = number(observed.getFigures().getMarketCap());
            row.volume = number(observed.getFigures().getVolume24H());
            out.collect(row);
        }

        private static BigDecimal number(Decimal decimal) {
            return new BigDecimal(decimal.getDigits());
        }

        @Override
        public TypeInformation<Row> getProducedType() {
            return TypeInformation.of(Row.class);
        }
    }
}
