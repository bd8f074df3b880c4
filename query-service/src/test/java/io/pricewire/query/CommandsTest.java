package io.pricewire.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.Event;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.RunStatus;
import io.pricewire.proto.v1.RunTrigger;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands to the ingestors. Nobody is there who writes runs down. */
class CommandsTest {

    private static final String BACKFILLED = """
            insert into asset (asset_id, symbol, name, created_at) values ('backfilled', 'BF', 'Backfilled', now());
            insert into asset_alias
              (source, source_asset_id, asset_id, symbol, name, status, method, evidence, decided_by, decided_at)
            select 'coingecko', id, 'backfilled', 'BF', 'Backfilled', 'decided', 'own', '{}', 'pricewire', now()
            from unnest(array['backfilled-too', 'backfilled-coin']) id;
            """;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = new RunningService();
        service.execute(Rows.RUNS);
        service.execute(BACKFILLED);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void asksAnIngestorForARun() throws Exception {
        HttpResponse<String> response = service.post("/api/v1/ingest/coinpaprika?limit=100");

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode run = RunningService.json(response);
        String id = run.get("run_id").asString();
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/runs/" + id);
        assertThat(run.get("status").asString()).isEqualTo("requested");
        assertThat(run.get("command_id").asString()).isEqualTo(id);

        Event<IngestCommand> command = service.read(Topics.INGEST_COMMANDS).stream()
                .filter(event -> event.value().getCommandId().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(command.key()).isEqualTo("coinpaprika");
        assertThat(command.value().getIngestor()).isEqualTo("coinpaprika");
        assertThat(command.value().getRunId()).isEqualTo(id);
        assertThat(command.value().getLimit()).isEqualTo(100);
        assertThat(command.value().hasRequestedAt()).isTrue();
        assertThat(command.attributes().traceparent())
                .isEqualTo("00-%s-0000000000000001-00".formatted(id.replace("-", "")));
    }

    @Test
    void saysToEveryoneThatARunIsRequested() throws Exception {
        String id = RunningService.json(service.post("/api/v1/ingest/csv"))
                .get("run_id")
                .asString();

        Event<IngestRun> run = service.read(Topics.INGEST_RUNS).stream()
                .filter(event -> event.key().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(run.value().getStatus()).isEqualTo(RunStatus.RUN_STATUS_REQUESTED);
        assertThat(run.value().getTrigger()).isEqualTo(RunTrigger.RUN_TRIGGER_COMMAND);
        assertThat(run.value().getRevision()).isZero();
        assertThat(run.value().getIngestor()).isEqualTo("csv");
        assertThat(run.value().getCommandId()).isEqualTo(id);
    }

    @Test
    void showsTheRunAtOnce() throws Exception {
        String location = service.post("/api/v1/ingest/csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        JsonNode run = service.json(location);

        assertThat(run.get("status").asString()).isEqualTo("requested");
        assertThat(run.get("outcome").get("complete").asBoolean()).isFalse();
    }

    @Test
    void asksEveryIngestorThatHasRun() throws Exception {
        HttpResponse<String> response = service.post("/api/v1/ingest/all");

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode command = RunningService.json(response);
        String id = command.get("command_id").asString();
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/runs?command=" + id);
        assertThat(command.get("runs").findValuesAsString("ingestor")).containsExactly("coingecko", "csv", "gemini");
        List<IngestCommand> commands = service.read(Topics.INGEST_COMMANDS).stream()
                .map(Event::value)
                .filter(event -> event.getCommandId().equals(id))
                .toList();
        assertThat(commands).extracting(IngestCommand::getIngestor).containsExactly("coingecko", "csv", "gemini");
        assertThat(commands)
                .extracting(IngestCommand::getRunId)
                .containsExactlyElementsOf(command.get("runs").findValuesAsString("run_id"))
                .doesNotContain(id);
    }

    @Test
    void asksForThePastOfAnAssetByWhatTheSourceCallsIt() throws Exception {
        String path =
                "/api/v1/ingest/coingecko?limit=7&asset=backfilled&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

        JsonNode run = RunningService.json(service.post(path));

        assertThat(run.get("trigger").asString()).isEqualTo("backfill");
        String id = run.get("run_id").asString();
        IngestCommand command = service.read(Topics.INGEST_COMMANDS).stream()
                .map(Event::value)
                .filter(event -> event.getRunId().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(command.getLimit()).isEqualTo(7);
        assertThat(command.getBackfill().getSourceAssetIdsList()).containsExactly("backfilled-coin", "backfilled-too");
        assertThat(command.getBackfill().getFrom().getSeconds()).isEqualTo(1_767_225_600);
        assertThat(command.getBackfill().getBefore().getSeconds()).isEqualTo(1_769_904_000);
    }

    @Test
    void asksForThePastUpToNowWhereNobodySaysUpToWhenAndThoseThatHaveTheAsset() throws Exception {
        HttpResponse<String> response = service.post("/api/v1/ingest/all?asset=backfilled&from=2026-01-01T00:00:00Z");

        JsonNode command = RunningService.json(response);
        assertThat(command.get("runs").findValuesAsString("ingestor")).containsExactly("coingecko");
        IngestCommand asked = service.read(Topics.INGEST_COMMANDS).stream()
                .map(Event::value)
                .filter(event ->
                        event.getCommandId().equals(command.get("command_id").asString()))
                .findFirst()
                .orElseThrow();
        assertThat(asked.getBackfill().getBefore()).isEqualTo(asked.getRequestedAt());
    }

    @Test
    void knowsNoPastOfAnAssetThatTheSourceDoesNotHave() throws Exception {
        HttpResponse<String> response = service.post("/api/v1/ingest/csv?asset=backfilled&from=2026-01-01T00:00:00Z");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(RunningService.json(response).get("detail").asString()).isEqualTo("csv has no asset backfilled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=50001",
                "from=2026-01-01T00:00:00Z",
                "asset=bitcoin",
                "to=2026-01-01T00:00:00Z",
                "asset=bitcoin&from=9998-01-01T00:00:00Z",
                "asset=bitcoin&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"
            })
    void refusesWhatItCannotAskFor(String query) throws Exception {
        assertThat(service.post("/api/v1/ingest/csv?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void knowsNoIngestorThatThereIsNot() throws Exception {
        HttpResponse<String> response = service.post("/api/v1/ingest/nobody");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(RunningService.json(response).get("detail").asString())
                .isEqualTo("there is no ingestor nobody; there are coingecko, coinpaprika, csv, gemini, and those that"
                        + " have run");
    }

    @Test
    void takesOnlyPost() throws Exception {
        HttpResponse<String> response = service.get("/api/v1/ingest/csv");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @ParameterizedTest
    @CsvSource({"Origin,http://evil.example", "Origin,null", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site"})
    void refusesPagesOfOtherOrigins(String header, String value) throws Exception {
        HttpResponse<String> response = service.post("/api/v1/ingest/csv", header, value);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningService.json(response).get("type").asString()).isEqualTo("urn:pricewire:problem:forbidden");
    }

    @Test
    void takesPagesOfItsOwnOrigin() throws Exception {
        HttpResponse<String> response =
                service.post("/api/v1/ingest/csv", "Origin", service.url(), "Sec-Fetch-Site", "same-origin");

        assertThat(response.statusCode()).isEqualTo(202);
    }

    @Test
    void letsPagesOfOtherOriginsRead() throws Exception {
        assertThat(service.get("/api/v1/runs", "Origin", "http://evil.example").statusCode())
                .isEqualTo(200);
    }
}
