package io.pricewire.ingestor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.DescribedAsset;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.SourceException;
import io.pricewire.ingestor.testing.Recorded.Way;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What services once answered, in the folder that the property {@code pricewire.fixtures} names. It is read here by another
 * way than that of the sources: as a tree whose numbers have all their digits.
 */
public final class Recordings {

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Set<String> TEXTS = Set.of("id", "symbol", "name", "pair");

    private Recordings() {}

    /** The text of a file in that folder; the test is left out where there is no such folder. */
    public static String read(String file) throws IOException {
        return Files.readString(folder().resolve(file));
    }

    /** All answers in one of its folders. */
    public static List<String> files(String folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder().resolve(folder))) {
            return paths.map(path -> folder + "/" + path.getFileName())
                    .filter(file -> !file.endsWith(".headers.json"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        String folder = System.getProperty("pricewire.fixtures", "");
        assumeTrue(!folder.isEmpty(), "pricewire.fixtures names no folder");
        return Path.of(folder);
    }

    /** An answer, with all its digits. */
    public static JsonNode tree(String answer) {
        return EXACT.readTree(answer);
    }

    /** Reads each of these, compares every number of every record, and prints what became of them. */
    public static void assertReadDigitByDigit(List<Recorded> recordings) throws IOException {
        System.out.printf("%-60s %8s %9s %8s %8s%n", "recording", "read", "published", "refused", "left out");
        for (Recorded recorded : recordings) {
            String answer = read(recorded.file());
            if (recorded.reason().isEmpty()) {
                assertReadDigitByDigit(recorded, answer);
            } else {
                assertThatThrownBy(() -> recorded.way().source().apply(answer))
                        .as(recorded.file())
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining(recorded.reason());
            }
            System.out.printf(
                    "%-60s %8d %9d %8d %8d %s%n",
                    recorded.file(),
                    recorded.published() + recorded.refused() + recorded.leftOut(),
                    recorded.published(),
                    recorded.refused(),
                    recorded.leftOut(),
                    recorded.reason());
        }
    }

    private static void assertReadDigitByDigit(Recorded recorded, String answer) {
        String file = recorded.file();
        Way way = recorded.way();
        List<JsonNode> records = way.records().apply(tree(answer)).toList();
        List<Batch> batches = way.source().apply(answer);
        List<ObservedPrice> prices =
                batches.stream().flatMap(batch -> batch.observed().stream()).toList();
        List<DescribedAsset> described =
                batches.stream().flatMap(batch -> batch.described().stream()).toList();
        List<String> refused = batches.stream()
                .flatMap(batch -> batch.refused().stream())
                .map(refusal -> refusal.text())
                .toList();
        assertThat(records).as(file).hasSize(recorded.published() + recorded.refused() + recorded.leftOut());
        assertThat(prices.size() + described.size()).as(file + ", published").isEqualTo(recorded.published());
        assertThat(refused).as(file + ", refused").hasSize(recorded.refused());
        List<JsonNode> left = new ArrayList<>(records);
        for (ObservedPrice price : prices) {
            JsonNode record = tree(price.payload());
            assertThat(left.remove(record)).as("%s has %s", file, record).isTrue();
            assertThat(price.figures()).as("%s, %s", file, record).isEqualTo(figures(record, way.places()));
            assertThat(unknown(record, way)).as("%s, %s", file, record).isEmpty();
        }
        for (String text : refused) {
            assertThat(left.remove(tree(text))).as("%s has %s", file, text).isTrue();
        }
        Set<String> ids = new HashSet<>();
        left.forEach(record -> ids.add(record.path("id").asString("")));
        described.forEach(asset -> assertThat(ids).as(file).contains(asset.sourceAssetId()));
        assertThat(left).as(file + ", left out").hasSize(described.size() + recorded.leftOut());
    }

    /**
     * The figures that stand in a record.
     *
     * @param places the JSON pointer at which each stands
     */
    private static Map<Figure, BigDecimal> figures(JsonNode record, Map<Figure, String> places) {
        Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
        places.forEach((figure, place) -> {
            BigDecimal number = number(record.at(place));
            if (number != null) {
                figures.put(figure, number);
            }
        });
        return figures;
    }

    /** Where numbers stand in a record of which nobody says what becomes of them. */
    private static List<String> unknown(JsonNode record, Way way) {
        Map<String, BigDecimal> numbers = new TreeMap<>();
        collect(record, "", numbers);
        return numbers.keySet().stream()
                .filter(place -> !way.places().containsValue(place))
                .filter(place -> way.others().stream().noneMatch(place::matches))
                .toList();
    }

    private static void collect(JsonNode node, String place, Map<String, BigDecimal> numbers) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                if (!TEXTS.contains(field.getKey())) {
                    collect(field.getValue(), place + "/" + field.getKey(), numbers);
                }
            });
        } else if (node.isArray()) {
            node.values().forEach(value -> collect(value, place + "/*", numbers));
        } else {
            BigDecimal number = number(node);
            if (number != null) {
                numbers.put(place, number);
            }
        }
    }

    /** A number, or a text that is one; null for anything else. */
    private static @Nullable BigDecimal number(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        try {
            return node.isString() ? new BigDecimal(node.stringValue()) : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }
}
