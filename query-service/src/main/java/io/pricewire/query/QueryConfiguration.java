package io.pricewire.query;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.eventstream.EventStream;
import io.pricewire.eventstream.EventStreamConfiguration;
import io.pricewire.query.health.HealthRoutes;
import io.pricewire.query.health.HealthView;
import io.pricewire.query.health.PricesHealthIndicator;
import io.pricewire.query.history.HistoryRoutes;
import io.pricewire.query.history.ObservationView;
import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.LatestPrices;
import io.pricewire.query.prices.PriceRoutes;
import io.pricewire.query.prices.PriceView;
import io.pricewire.query.problem.Problems;
import io.pricewire.query.request.RequestId;
import io.pricewire.query.runs.RunDetail;
import io.pricewire.query.runs.RunRoutes;
import io.pricewire.query.stream.StreamConfiguration;
import io.pricewire.query.stream.StreamRoutes;
import io.pricewire.service.Version;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.webflux.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springdoc.webflux.ui.SwaggerConfig;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** How the parts of the query service are put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
@Import({DatabaseConfiguration.class, EventStreamConfiguration.class, StreamConfiguration.class})
@ImportAutoConfiguration({
    MultipleOpenApiSupportConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocConfiguration.class,
    SpringDocWebFluxConfiguration.class,
    SwaggerConfig.class,
    SwaggerUiConfigProperties.class,
    SwaggerUiOAuthProperties.class
})
class QueryConfiguration {

    @Bean
    RouterFunction<ServerResponse> api(
            PriceRoutes prices, HistoryRoutes history, RunRoutes runs, HealthRoutes health, StreamRoutes streams) {
        Parameters none = Parameters.of();
        return new Routes()
                .get(
                        "/api/v1/prices",
                        prices::list,
                        PriceRoutes.PARAMETERS,
                        PricePage.class,
                        "listPrices",
                        "The latest price of each asset at each source")
                .get(
                        "/api/v1/assets/{asset}/history",
                        history::list,
                        HistoryRoutes.PARAMETERS,
                        ObservationPage.class,
                        "listHistory",
                        "The observations of an asset, newest first")
                .get("/api/v1/runs/{id}", runs::one, none, RunDetail.class, "getRun", "A run, and what became of it")
                .get(
                        "/api/v1/stream/prices",
                        streams::prices,
                        StreamRoutes.PARAMETERS,
                        String.class,
                        MediaType.TEXT_EVENT_STREAM_VALUE,
                        "streamPrices",
                        "Prices as they come, as server-sent events that can be resumed")
                .get(
                        "/api/v1/health",
                        health::health,
                        none,
                        HealthView.class,
                        "getHealth",
                        "Whether the whole of it works")
                .get(
                        "/health",
                        health::health,
                        none,
                        HealthView.class,
                        "getHealthForShort",
                        "The same as /api/v1/health")
                .build();
    }

    @Bean
    LatestPrices latestPrices(DecimalJson json) {
        return new LatestPrices(json);
    }

    @Bean
    DecimalJson decimalJson() {
        return new DecimalJson();
    }

    @Bean
    PriceRoutes priceRoutes(LatestPrices prices, Clock clock) {
        return new PriceRoutes(prices, clock);
    }

    @Bean
    HistoryRoutes historyRoutes(DatabaseClient client, DecimalJson json) {
        return new HistoryRoutes(client, json);
    }

    @Bean
    RunRoutes runRoutes(DatabaseClient client, EventStream stream, JsonMapper json) {
        return new RunRoutes(client, stream, json);
    }

    @Bean
    HealthRoutes healthRoutes(
            DatabaseClient client, EventStream stream, LatestPrices prices, JsonMapper json, Clock clock) {
        return new HealthRoutes(client, stream, prices, json, Version.current(), clock);
    }

    @Bean
    PricesHealthIndicator pricesHealthIndicator(LatestPrices prices) {
        return new PricesHealthIndicator(prices);
    }

    @Bean
    DatabaseConfiguration.SessionOptions readOnlySessions(QuerySettings settings) {
        return new DatabaseConfiguration.SessionOptions(
                settings.databaseRole().isEmpty()
                        ? Map.of("default_transaction_read_only", "on")
                        : Map.of("default_transaction_read_only", "on", "role", settings.databaseRole()));
    }

    @Bean
    RequestId requestId() {
        return new RequestId();
    }

    @Bean
    Problems problems(JsonMapper json) {
        return new Problems(json);
    }

    @Bean
    ModelResolver writtenModels() {
        return new WrittenModels();
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Pricewire")
                        .description("Crypto prices: the latest, their history, and live streams.")
                        .version(Version.current())
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }

    /** The form of the list of prices, for the documentation. */
    record PricePage(
            List<PriceView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Integer total,
            @Nullable String next) {}

    /** The form of the list of observations, for the documentation. */
    record ObservationPage(
            List<ObservationView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}
}
