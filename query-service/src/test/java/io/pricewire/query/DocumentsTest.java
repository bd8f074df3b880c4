package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.query.prices.Prices;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documentation says what is true. */
class DocumentsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JSON_TYPE = "application/json";

    private static RunningService service;
    private static JsonNode document;

    private static final Map<String, String> QUERIES = Map.of(
            "/api/v1/rejected/replay", "/api/v1/rejected/replay?reason=price_not_positive",
            "/api/v1/assets/{asset}/candles", "/api/v1/assets/{asset}/candles?source=coingecko");
    private static final String A_DECISION = "?source=coingecko&source_asset_id=bitcoin";

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute(Rows.ASSETS
                + Rows.REFERENCES
                + Rows.HISTORY
                + Rows.CANDLES
                + Rows.RUNS
                + Rows.REJECTED
                + Rows.PAYLOADS
                + Rows.QUALITY
                + Rows.IS_REPLAYABLE);
        service.publish(Prices.withMarketCap("bitcoin", "1"));
        service.awaitPrices(1);
        document = JSON.readTree(service.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void documentsWhatIsCommitted() throws Exception {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        text = text.replace(service.url(), "http://localhost:8080");
        Path committed = Path.of("../docs/openapi.json");
        if (Boolean.getBoolean("pricewire.update")) {
            Files.writeString(committed, text);
        }

        assertThat(text)
                .as("docs/openapi.json; ./mvnw test -pl query-service -am -Dpricewire.update=true writes it anew")
                .isEqualTo(Files.readString(committed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReferenceView", "UsedSource", "ExcludedSource", "CandleView", "MetricsView"})
    void saysWhatEveryFieldIsOfWhatIsWorkedOut(String form) {
        assertThat(document.at("/components/schemas/%s/properties".formatted(form))
                        .properties())
                .isNotEmpty()
                .allSatisfy(
                        field -> assertThat(field.getValue().path("description").asString(""))
                                .as(field.getKey())
                                .isNotEmpty());
    }

    @TestFactory
    List<DynamicTest> answersHaveTheFormThatIsDocumented() {
        return document.get("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .filter(operation -> answer(operation.getValue()) != null)
                        .map(operation -> DynamicTest.dynamicTest(
                                operation.getKey() + " " + path.getKey(),
                                () -> check(operation.getKey(), path.getKey(), operation.getValue()))))
                .toList();
    }

    private static void check(String method, String path, JsonNode operation) throws Exception {
        String example = QUERIES.getOrDefault(path, path)
                .replace("{asset}", "bitcoin")
                .replace("{symbol}", "BTC")
                .replace("{source}", "coingecko")
                .replace("{ingestor}", "csv")
                .replace("{event_id}", eventId())
                .replace("{id}", path.contains("rejected") ? Rows.REPLAYABLE : Rows.LAST_RUN);
        HttpResponse<String> response = switch (method) {
            case "post" -> service.post(example);
            case "put" -> service.put(example + A_DECISION, "{\"asset_id\": \"batcoin\"}");
            default -> service.get(example);
        };

        assertThat(operation.get("responses").has(String.valueOf(response.statusCode())))
                .as(response.body())
                .isTrue();
        assertThat(operation.get("responses").has("default")).isTrue();
        check(answer(operation), JSON.readTree(response.body()), path);
    }

    private static String eventId() throws Exception {
        return service.json("/api/v1/assets/bitcoin/history?source=coingecko")
                .get("data")
                .get(0)
                .get("event_id")
                .asString();
    }

    /** The form of what is answered when all is well; null where that is not JSON. */
    private static JsonNode answer(JsonNode operation) {
        return operation
                .get("responses")
                .propertyStream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response ->
                        response.getValue().path("content").path(JSON_TYPE).get("schema"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void check(JsonNode schema, JsonNode value, String where) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().substring("#/components/schemas/".length());
            check(document.get("components").get("schemas").get(name), value, where);
        } else if (schema.has("anyOf")) {
            check(schema.get("anyOf").get(value.isNull() ? 1 : 0), value, where);
        } else if (schema.has("type")) {
            assertThat(types(schema)).as(where).contains(typeOf(value));
            checkParts(schema, value, where);
        }
    }

    private static void checkParts(JsonNode schema, JsonNode value, String where) {
        if (value.isObject()) {
            assertThat(new TreeSet<>(value.propertyNames()))
                    .as(where)
                    .isEqualTo(new TreeSet<>(schema.get("properties").propertyNames()));
            value.propertyStream()
                    .forEach(part -> check(
                            schema.get("properties").get(part.getKey()), part.getValue(), where + " " + part.getKey()));
        } else if (value.isArray()) {
            value.forEach(part -> check(schema.get("items"), part, where));
        }
    }

    private static Set<String> types(JsonNode schema) {
        Set<String> types = new TreeSet<>();
        JsonNode type = schema.get("type");
        if (type.isArray()) {
            type.forEach(one -> types.add(one.asString()));
        } else {
            types.add(type.asString());
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> value.isIntegralNumber() ? "integer" : "number";
        };
    }
}
