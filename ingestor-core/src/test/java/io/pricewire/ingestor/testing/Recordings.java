package io.pricewire.ingestor.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What services once answered, in the folder that the property {@code pricewire.fixtures} names. */
public final class Recordings {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private Recordings() {}

    /** The text of a file in that folder; the test is left out where there is no such folder. */
    public static String read(String file) throws IOException {
        String folder = System.getProperty("pricewire.fixtures", "");
        assumeTrue(!folder.isEmpty(), "pricewire.fixtures names no folder");
        return Files.readString(Path.of(folder, file));
    }

    /** The answers in these folders, as {@link #read} takes them; the test is left out where there is no such folder. */
    public static List<String> files(String... folders) throws IOException {
        String all = System.getProperty("pricewire.fixtures", "");
        assumeTrue(!all.isEmpty(), "pricewire.fixtures names no folder");
        List<String> files = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> paths = Files.list(Path.of(all, folder))) {
                paths.map(path -> folder + "/" + path.getFileName())
                        .filter(file -> !file.endsWith(".headers.json"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** Every number that stands in a price's own payload, without zeros at its end. */
    public static Set<BigDecimal> numbers(ObservedPrice price) {
        return NUMBER.matcher(price.payload())
                .results()
                .map(number -> new BigDecimal(number.group()).stripTrailingZeros())
                .collect(Collectors.toSet());
    }

    /** How many records an answer has. */
    public static int size(String answer) {
        return JsonMapper.shared().readTree(answer).size();
    }

    /**
     * The numbers of a price as they stand in its own payload, read by another way than that of the sources.
     *
     * @param places the JSON pointer at which each figure stands
     */
    public static Map<Figure, BigDecimal> figures(ObservedPrice price, Map<Figure, String> places) {
        JsonNode tree = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readTree(price.payload());
        Map<Figure, BigDecimal> figures = new EnumMap<>(Figure.class);
        places.forEach((figure, place) -> {
            JsonNode number = tree.at(place);
            if (number.isNumber()) {
                figures.put(figure, number.decimalValue());
            }
        });
        return figures;
    }
}
