package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.Event;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.NormalizerCommand;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What sources call assets, and what operators ask of the normalizer. */
class AliasesTest {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute(Rows.ASSETS);
        service.execute(Rows.REJECTED);
        service.execute("update asset_alias set status = 'ambiguous' where source_asset_id = 'batcoin'");
        service.execute("""
                update rejected_observation set original_type = 'application/protobuf'
                where rejection_id::text like '%2' or rejection_id::text like '%3' or rejection_id::text like '%4';
                update rejected_observation set replayed_at = now() where rejection_id::text like '%4';
                update rejected_observation set ingestor = 'csv' where rejection_id::text like '%5';
                update rejected_observation set ingestor = 'csv', context = 'x' where rejection_id::text like '%6';
                update rejected_observation set reasons = reasons || '[{"code": "original_cut", "detail": "x"}]'
                where rejection_id::text like '%1';""");
        service.execute(Rows.HISTORY);
        service.execute(Rows.PAYLOADS);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void listsThemWithTheEvidence() throws Exception {
        JsonNode page = service.json("/api/v1/aliases?source=coingecko");

        assertThat(page.get("total").asInt()).isEqualTo(2);
        JsonNode first = page.get("data").get(0);
        assertThat(first.get("source_asset_id").asString()).isEqualTo("batcoin");
        assertThat(first.get("asset_id").asString()).isEqualTo("batcoin");
        assertThat(first.get("status").asString()).isEqualTo("ambiguous");
        assertThat(page.get("data").get(1).get("evidence").toString()).isEqualTo("{\"rank\":1.50}");
    }

    @ParameterizedTest
    @CsvSource({
        "status=ambiguous,batcoin",
        "asset=bitcoin&source=coinpaprika,btc-bitcoin",
        "source_asset_id=bitcoin,bitcoin"
    })
    void findsThem(String query, String expected) throws Exception {
        assertThat(service.json("/api/v1/aliases?" + query).get("data").findValuesAsString("source_asset_id"))
                .containsExactly(expected);
    }

    @Test
    void neitherRepeatsNorSkipsOneWithACursor() throws Exception {
        assertThat(service.byCursor("/api/v1/aliases", 2))
                .extracting(alias -> alias.get("source_asset_id").asString())
                .containsExactly("batcoin", "bitcoin", "btc-bitcoin");
    }

    @Test
    void takesAnOperatorsDecisionDown() throws Exception {
        HttpResponse<String> response = service.put(
                "/api/v1/aliases?source=coinpaprika&source_asset_id=btc-bitcoin", "{\"asset_id\": \"batcoin\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        String id = RunningService.json(response).get("command_id").asString();
        NormalizerCommand command = command(id).getFirst();
        assertThat(command.getDecideAlias().getSource()).isEqualTo("coinpaprika");
        assertThat(command.getDecideAlias().getSourceAssetId()).isEqualTo("btc-bitcoin");
        assertThat(command.getDecideAlias().getAssetId()).isEqualTo("batcoin");
        assertThat(command.getRequestedBy()).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "source=coingecko | {\"asset_id\": \"x\"} | 400",
                "source=coingecko&source_asset_id=bitcoin | {\"asset\": \"x\"} | 400",
                "source=coingecko&source_asset_id=bitcoin | {\"asset_id\": \"a b\"} | 400",
                "source=coingecko&source_asset_id=bitcoin | {\"asset_id\": 7} | 400",
                "source=coingecko&source_asset_id=bitcoin | not JSON | 400",
                "source=coingecko&source_asset_id=nothing | {\"asset_id\": \"x\"} | 404"
            })
    void refusesADecisionThatCannotBeCarriedOut(String query, String body, int status) throws Exception {
        assertThat(service.put("/api/v1/aliases?" + query, body).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {Rows.REPLAYABLE, "30000000-0000-4000-8000-000000000006"})
    void sendsAnObservationOrATextThroughAgain(String rejection) throws Exception {
        HttpResponse<String> response = service.post("/api/v1/rejected/" + rejection + "/replay");

        assertThat(response.statusCode()).isEqualTo(202);
        String id = RunningService.json(response).get("command_id").asString();
        assertThat(command(id))
                .singleElement()
                .satisfies(command -> assertThat(command.getReplayRejection().getRejectionId())
                        .isEqualTo(rejection));
    }

    @Test
    void sendsAllThroughAgainThatBrokeARule() throws Exception {
        JsonNode answer = RunningService.json(service.post("/api/v1/rejected/replay?reason=row_unreadable"));

        assertThat(answer.get("replayed").asInt()).isEqualTo(2);
        assertThat(command(answer.get("command_id").asString()))
                .extracting(command -> command.getReplayRejection().getRejectionId())
                .containsExactly("30000000-0000-4000-8000-000000000003", "30000000-0000-4000-8000-000000000006");
    }

    @ParameterizedTest
    @CsvSource({
        "30000000-0000-4000-8000-000000000005,409",
        "30000000-0000-4000-8000-000000000004,409",
        "30000000-0000-4000-8000-000000000099,404",
        "nothing,404"
    })
    void refusesAReplayOfWhatCannotBeJudged(String rejection, int status) throws Exception {
        assertThat(service.post("/api/v1/rejected/%s/replay".formatted(rejection))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void saysThatOnlyTheBeginningOfARecordWasKept() throws Exception {
        HttpResponse<String> response = service.post("/api/v1/rejected/30000000-0000-4000-8000-000000000001/replay");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(RunningService.json(response).get("detail").asString())
                .isEqualTo("it cannot be replayed: it was too large, and only its beginning was kept");
    }

    @Test
    void listsNothingInQuarantineThatHasBeenBroughtIn() throws Exception {
        assertThat(service.json("/api/v1/rejected").get("data").findValuesAsString("rejection_id"))
                .hasSize(6)
                .doesNotContain("30000000-0000-4000-8000-000000000004");
    }

    @Test
    void showsAnObservationWithTheSourcesOwnPayload() throws Exception {
        String id = service.json("/api/v1/assets/bitcoin/history?source=coingecko")
                .get("data")
                .get(0)
                .get("event_id")
                .asString();

        JsonNode observation = service.json("/api/v1/observations/" + id);

        assertThat(observation.get("event_id").asString()).isEqualTo(id);
        assertThat(observation.get("price").toString()).isEqualTo("9.10");
        assertThat(observation.get("payload").asString()).isEqualTo("{\"id\":\"bitcoin\",\"price\":1.50}");
        assertThat(observation.get("payload_type").asString()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11111111-1111-4111-8111-111111111111", "nothing"})
    void knowsNoObservationThatThereIsNot(String id) throws Exception {
        assertThat(service.get("/api/v1/observations/" + id).statusCode()).isEqualTo(404);
    }

    private static List<NormalizerCommand> command(String id) {
        return service.read(Topics.NORMALIZER_COMMANDS).stream()
                .map(Event::value)
                .filter(command -> command.getCommandId().equals(id))
                .toList();
    }
}
