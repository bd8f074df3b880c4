package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.pricewire.proto.v1.Figures;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Real files of the two dialects: whatever stands in them is the same in every place where prices can be read. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FixturesIT {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TempDir
    Path folder;

    @Test
    void areTheSameInTopicsTablesRestAndStream() throws Exception {
        List<Path> files = files();
        List<Row> expected = new ArrayList<>();
        for (Path file : files) {
            expected.addAll(rowsOf(file));
        }
        Files.createDirectories(folder.resolve(".pricewire"));
        Files.createFile(folder.resolve(".pricewire/samples-loaded"));
        try (PricewireProcess pricewire = new PricewireProcess(folder).start()) {
            Queue<String> streamed = new ConcurrentLinkedQueue<>();
            Thread client = Thread.ofVirtual().start(() -> follow(pricewire, streamed));
            await().atMost(PricewireProcess.PATIENCE).until(() -> !streamed.isEmpty());

            List<String> command = new ArrayList<>(List.of("load"));
            files.forEach(file -> command.add(file.toString()));
            PricewireProcess.Result result = pricewire.run(command.toArray(new String[0]));

            assertThat(result.status()).as(result.output()).isZero();
            assertSame(readTopic(pricewire, "prices.raw.csv", FixturesIT::observed), expected, "the raw topic");
            assertSame(readTopic(pricewire, "prices.normalized", FixturesIT::normalized), known(expected), "the topic");
            assertSame(readTable(pricewire), known(expected), "the table");
            assertSame(readHistory(pricewire), known(expected), "REST");
            await().atMost(PricewireProcess.PATIENCE)
                    .until(() -> prices(streamed).size() >= expected.size());
            assertThat(prices(streamed))
                    .as("the stream")
                    .hasSize(expected.size())
                    .doesNotHaveDuplicates();
            client.interrupt();
        }
    }

    private static List<Path> files() throws IOException {
        String fixtures = System.getProperty("pricewire.fixtures", "");
        assumeThat(fixtures)
                .as("the folder of recordings in the system property pricewire.fixtures")
                .isNotEmpty();
        try (Stream<Path> paths = Files.list(Path.of(fixtures, "csv"))) {
            return paths.filter(path -> path.getFileName().toString().matches("kaggle_coin_.*|seed001_.*"))
                    .sorted()
                    .map(Path::toAbsolutePath)
                    .toList();
        }
    }

    /** The files as someone else's program reads them. */
    private static List<Row> rowsOf(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            for (NamedCsvRecord record : reader) {
                boolean isBar = record.findField("SNo").isPresent();
                rows.add(
                        isBar
                                ? new Row(
                                        record.getField("Name")
                                                .toLowerCase(Locale.ROOT)
                                                .replace(' ', '-'),
                                        number(record, "Close"),
                                        number(record, "Open"),
                                        number(record, "High"),
                                        number(record, "Low"),
                                        number(record, "Volume"),
                                        number(record, "Marketcap"))
                                : new Row(
                                        record.getField("coin_id"),
                                        number(record, "price_usd"),
                                        null,
                                        null,
                                        null,
                                        number(record, "volume_24h"),
                                        number(record, "market_cap")));
            }
        }
        return rows;
    }

    private static BigDecimal number(NamedCsvRecord record, String field) {
        return Row.canonical(new BigDecimal(record.getField(field)));
    }

    /** A market cap of 0 says that it is not known. */
    private static List<Row> known(List<Row> rows) {
        return rows.stream().map(Row::withoutUnknownCap).toList();
    }

    private static void assertSame(Collection<Row> actual, Collection<Row> expected, String where) {
        assertThat(actual.stream().map(Row::toString).sorted().toList())
                .as(where)
                .isEqualTo(expected.stream().map(Row::toString).sorted().toList());
    }

    private static List<Row> readTopic(PricewireProcess pricewire, String topic, RowReader reader) {
        return OrdinaryConsumer.readAll(pricewire.kafka(), topic, record -> reader.read(record.value()));
    }

    private static Row observed(byte[] value) {
        try {
            PriceObserved price = PriceObserved.parseFrom(value);
            return row(price.getSourceAssetId(), price.getFigures());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row normalized(byte[] value) {
        try {
            Price price = Price.parseFrom(value);
            return row(price.getSourceAssetId(), price.getFigures());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row row(String asset, Figures figures) {
        return new Row(
                asset,
                Row.canonical(figures.getPrice().getDigits()),
                Row.canonical(figures.getOpen().getDigits()),
                Row.canonical(figures.getHigh().getDigits()),
                Row.canonical(figures.getLow().getDigits()),
                Row.canonical(figures.getVolume24H().getDigits()),
                Row.canonical(figures.getMarketCap().getDigits()));
    }

    private static List<Row> readTable(PricewireProcess pricewire) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = pricewire.database();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from price_history")) {
            while (found.next()) {
                rows.add(new Row(
                        found.getString("source_asset_id"),
                        Row.canonical(found.getBigDecimal("price")),
                        Row.canonical(found.getBigDecimal("open")),
                        Row.canonical(found.getBigDecimal("high")),
                        Row.canonical(found.getBigDecimal("low")),
                        Row.canonical(found.getBigDecimal("volume_24h")),
                        Row.canonical(found.getBigDecimal("market_cap"))));
            }
        }
        return rows;
    }

    private static List<Row> readHistory(PricewireProcess pricewire) throws Exception {
        List<Row> rows = new ArrayList<>();
        List<String> assets =
                pricewire.json("/api/v1/prices?page_size=1000").get("data").findValuesAsString("asset_id");
        for (String asset : new TreeSet<>(assets)) {
            String path = "/api/v1/assets/%s/history?page_size=1000".formatted(asset);
            String cursor = "";
            while (cursor != null) {
                JsonNode page = JSON.readTree(String.join(
                        "", pricewire.lines(path + "&cursor=" + cursor).toList()));
                page.get("data")
                        .forEach(row -> rows.add(new Row(
                                row.get("source_asset_id").asString(),
                                number(row, "price"),
                                number(row, "open"),
                                number(row, "high"),
                                number(row, "low"),
                                number(row, "volume_24h"),
                                number(row, "market_cap"))));
                cursor = page.get("next").stringValue(null);
            }
        }
        return rows;
    }

    private static BigDecimal number(JsonNode row, String field) {
        return row.get(field).isNull() ? null : Row.canonical(row.get(field).decimalValue());
    }

    private static void follow(PricewireProcess pricewire, Queue<String> lines) {
        try (Stream<String> stream = pricewire.lines("/api/v1/stream/prices?origin=file&snapshot=false")) {
            stream.forEach(lines::add);
        } catch (Exception ended) {
            lines.add("ended: " + ended);
        }
    }

    private static List<String> prices(Queue<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data: {\"asset_id\""))
                .toList();
    }

    @FunctionalInterface
    private interface RowReader {
        Row read(byte[] value);
    }

    private record Row(
            String asset,
            BigDecimal price,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal volume,
            BigDecimal marketCap) {

        /** Equal numbers are equal here, however many zeros they end with. */
        static BigDecimal canonical(BigDecimal number) {
            return number == null ? null : number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }

        static BigDecimal canonical(String digits) {
            return digits.isEmpty() ? null : canonical(new BigDecimal(digits));
        }

        Row withoutUnknownCap() {
            boolean isKnown = marketCap == null || marketCap.signum() != 0;
            return new Row(asset, price, open, high, low, volume, isKnown ? marketCap : null);
        }
    }
}
