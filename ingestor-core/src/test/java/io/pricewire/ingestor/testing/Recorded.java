package io.pricewire.ingestor.testing;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Figure;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of a recorded answer.
 *
 * @param file in the folder of recordings
 * @param way in which it is read
 * @param published how many of its records become prices, or descriptions of assets
 * @param refused how many of them are refused
 * @param leftOut how many of them are neither
 * @param reason why all of it cannot be read; empty where it can
 */
public record Recorded(String file, Way way, int published, int refused, int leftOut, String reason) {

    /** One of which every record is published. */
    public static Recorded published(String file, Way way, int records) {
        return new Recorded(file, way, records, 0, 0, "");
    }

    /** One of which every record is refused. */
    public static Recorded refused(String file, Way way, int records) {
        return new Recorded(file, way, 0, records, 0, "");
    }

    /** One that is not an answer of this kind. */
    public static Recorded unreadable(String file, Way way, String reason) {
        return new Recorded(file, way, 0, 0, 0, reason);
    }

    /**
     * How an answer is read.
     *
     * @param source reads it as the source does
     * @param records of the answer, as someone else reads them
     * @param places the JSON pointer at which each figure stands in a record
     * @param others where other numbers stand in a record, which are not taken; as regular expressions
     */
    public record Way(
            Function<String, List<Batch>> source,
            Function<JsonNode, Stream<JsonNode>> records,
            Map<Figure, String> places,
            List<String> others) {

        /** The records of an array. */
        public static Stream<JsonNode> elements(JsonNode array) {
            return array.values().stream();
        }

        /** An answer that is a record itself. */
        public static Stream<JsonNode> itself(JsonNode record) {
            return Stream.of(record);
        }
    }
}
