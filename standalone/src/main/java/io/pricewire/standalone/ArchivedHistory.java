package io.pricewire.standalone;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Decimals;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.Refusal;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An archive that the normalizer wrote of observations before they left the database: one on each line, as JSON, with all
 * its digits and under the names of its columns; compressed or not. Read back, an observation has the id that it had, and was
 * fetched when it was, so that it replaces nothing that was fetched since.
 */
final class ArchivedHistory {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int LINES_AT_A_TIME = 5_000;
    private static final int BEGINNING = 4_096;
    private static final int[] GZIP = {0x1f, 0x8b};
    private static final String PAYLOAD = "payload";

    private ArchivedHistory() {}

    /** Whether it is an archive: its first line begins as those of archives do, of which this one can read one kind. */
    static boolean isOne(Path file) throws IOException {
        try (InputStream in = open(file)) {
            String text = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
            return (text.startsWith("{\"source\":") && text.contains("\"event_id\":"))
                    || (text.startsWith("{\"event_id\":") && text.contains("\"ingested_at\":"));
        } catch (EOFException | ZipException broken) {
            return false;
        }
    }

    /**
     * Reads all of it.
     *
     * @param name by which its owner knows it
     * @throws UsageException where it ends in the middle, or has payloads, which nothing reads back
     */
    static void read(Path file, String name, Consumer<Batch> batches) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            Part part = new Part(name);
            String line = lines.readLine();
            while (line != null) {
                part.add(line);
                if (part.isFull()) {
                    batches.accept(part.next());
                }
                line = lines.readLine();
            }
            batches.accept(part.next());
        } catch (EOFException | ZipException e) {
            throw new UsageException("%s: the archive is not complete, or damaged: %s".formatted(name, e.getMessage()));
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            in.mark(GZIP.length);
            boolean isCompressed = in.read() == GZIP[0] && in.read() == GZIP[1];
            in.reset();
            return isCompressed ? new GZIPInputStream(in) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Some of its lines. */
    private static final class Part {

        private final String name;
        private List<ObservedPrice> observed = new ArrayList<>();
        private List<Refusal> refused = new ArrayList<>();
        private long lines;

        Part(String name) {
            this.name = name;
        }

        void add(String line) {
            lines++;
            try {
                JsonNode row = JSON.readTree(line);
                if (row.has(PAYLOAD)) {
                    throw new UsageException(
                            "%s: these are payloads of sources, which are archived to be looked at; load takes archives of price_history"
                                    .formatted(name));
                }
                observed.add(price(row, line));
            } catch (JacksonException | IllegalArgumentException e) {
                String reason = e.getMessage() == null ? e.toString() : e.getMessage();
                refused.add(new Refusal("", "", line, lines, List.of(new Refusal.Reason("line_unreadable", reason))));
            }
        }

        boolean isFull() {
            return observed.size() + refused.size() == LINES_AT_A_TIME;
        }

        Batch next() {
            Batch batch = new Batch(observed, refused, String.valueOf(lines), lines, 0);
            observed = new ArrayList<>();
            refused = new ArrayList<>();
            return batch;
        }
    }

    private static ObservedPrice price(JsonNode row, String line) {
        Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            JsonNode number = row.get(figure.field());
            if (number != null) {
                figures.put(figure, Decimals.parse(number.decimalValue().toPlainString()));
            }
        }
        return new ObservedPrice(
                text(row, "source"),
                text(row, "source_asset_id"),
                textOrEmpty(row, "symbol"),
                textOrEmpty(row, "name"),
                text(row, "quote"),
                interval(text(row, "interval")),
                time(row, "observed_at"),
                row.path("observed_at_assumed").asBoolean(),
                row.has("ingested_at") ? time(row, "ingested_at") : null,
                figures,
                line,
                "application/json");
    }

    private static Interval interval(String code) {
        Interval interval = Interval.of(code);
        if (interval == null) {
            throw new IllegalArgumentException("interval: \"%s\" is none".formatted(code));
        }
        return interval;
    }

    private static Instant time(JsonNode row, String field) {
        String text = text(row, field);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" is not a time of the form 2026-11-21T07:00:00Z".formatted(field, text), e);
        }
    }

    private static String text(JsonNode row, String field) {
        String text = row.path(field).stringValue(null);
        if (text == null) {
            throw new IllegalArgumentException("%s is missing".formatted(field));
        }
        return text;
    }

    private static String textOrEmpty(JsonNode row, String field) {
        String text = row.path(field).stringValue(null);
        return text == null ? "" : text;
    }
}
