package io.pricewire.ingestor.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.ObservedPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What services once answered, in the folder that the property {@code pricewire.fixtures} names. */
public final class Recordings {

    private Recordings() {}

    /** The text of a file in that folder; the test is left out where there is no such folder. */
    public static String read(String file) throws IOException {
        String folder = System.getProperty("pricewire.fixtures", "");
        assumeTrue(!folder.isEmpty(), "pricewire.fixtures names no folder");
        return Files.readString(Path.of(folder, file));
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
