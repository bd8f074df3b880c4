package io.pricewire.query;

import io.pricewire.query.Pages.AliasPage;
import io.pricewire.query.Pages.AssetDetailPage;
import io.pricewire.query.Pages.AssetPage;
import io.pricewire.query.Pages.CandlePage;
import io.pricewire.query.Pages.MetricsPage;
import io.pricewire.query.Pages.ObservationPage;
import io.pricewire.query.Pages.OfferPage;
import io.pricewire.query.Pages.PricePage;
import io.pricewire.query.Pages.QualityPage;
import io.pricewire.query.Pages.ReferencePage;
import io.pricewire.query.Pages.RejectionPage;
import io.pricewire.query.Pages.RunPage;
import io.pricewire.query.Pages.SourcePage;
import io.pricewire.query.Pages.SymbolPage;
import io.pricewire.query.about.AboutRoutes;
import io.pricewire.query.about.AboutView;
import io.pricewire.query.assets.AssetDetail;
import io.pricewire.query.assets.AssetRoutes;
import io.pricewire.query.candles.CandleRoutes;
import io.pricewire.query.commands.CommandView;
import io.pricewire.query.commands.DecisionView;
import io.pricewire.query.commands.IngestRoutes;
import io.pricewire.query.commands.NormalizerRoutes;
import io.pricewire.query.commands.ReplayView;
import io.pricewire.query.data.DataRoutes;
import io.pricewire.query.data.DataView;
import io.pricewire.query.health.HealthRoutes;
import io.pricewire.query.health.HealthView;
import io.pricewire.query.history.HistoryRoutes;
import io.pricewire.query.history.ObservationDetail;
import io.pricewire.query.metrics.MetricsRoutes;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.prices.PriceRoutes;
import io.pricewire.query.quality.QualityRoutes;
import io.pricewire.query.reference.ReferenceRoutes;
import io.pricewire.query.rejected.RejectedRoutes;
import io.pricewire.query.runs.RunDetail;
import io.pricewire.query.runs.RunRoutes;
import io.pricewire.query.runs.RunView;
import io.pricewire.query.sources.OfferRoutes;
import io.pricewire.query.sources.SourceRoutes;
import io.pricewire.query.sources.SourceView;
import io.pricewire.query.stats.StatsRoutes;
import io.pricewire.query.stats.StatsView;
import io.pricewire.query.stream.StreamRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    RouterFunction<ServerResponse> api(
            AboutRoutes about,
            PriceRoutes prices,
            ReferenceRoutes references,
            AssetRoutes assets,
            HistoryRoutes history,
            CandleRoutes candles,
            MetricsRoutes metrics,
            DataRoutes data,
            StatsRoutes stats,
            SourceRoutes sources,
            OfferRoutes offers,
            RunRoutes runs,
            RejectedRoutes rejected,
            QualityRoutes quality,
            IngestRoutes ingest,
            NormalizerRoutes normalizer,
            StreamRoutes streams,
            HealthRoutes health) {
        Parameters none = Parameters.of();
        return new Routes()
                .get(
                        "/api/v1",
                        about::about,
                        none,
                        AboutView.class,
                        "about",
                        "What this is, where to go on, and whose data it is")
                .get(
                        "/api/v1/prices",
                        prices::list,
                        PriceRoutes.PARAMETERS,
                        PricePage.class,
                        "listPrices",
                        "The latest price of each asset at each source")
                .get(
                        "/api/v1/prices/reference",
                        references::list,
                        ReferenceRoutes.PARAMETERS,
                        ReferencePage.class,
                        "listReferencePrices",
                        "The reference price of each asset, made of what all its sources say")
                .get("/api/v1/assets", assets::list, AssetRoutes.PARAMETERS, AssetPage.class, "listAssets", "Assets")
                .get(
                        "/api/v1/assets/{asset}",
                        assets::one,
                        AssetRoutes.DETAIL_PARAMETERS,
                        AssetDetail.class,
                        "getAsset",
                        "An asset, what sources call it, all its prices and its reference price")
                .get(
                        "/api/v1/assets/{asset}/history",
                        history::list,
                        HistoryRoutes.PARAMETERS,
                        ObservationPage.class,
                        "listHistory",
                        "The observations of an asset, newest first")
                .get(
                        "/api/v1/assets/{asset}/candles",
                        candles::list,
                        CandleRoutes.PARAMETERS,
                        CandlePage.class,
                        "listCandles",
                        "The candles of an asset, oldest first")
                .get(
                        "/api/v1/assets/{asset}/metrics",
                        metrics::ofAsset,
                        MetricsRoutes.PARAMETERS,
                        MetricsPage.class,
                        "listMetricsOfAsset",
                        "Changes, volatility and market share of an asset, at each source in each quote currency")
                .get(
                        "/api/v1/metrics",
                        metrics::list,
                        MetricsRoutes.PARAMETERS,
                        MetricsPage.class,
                        "listMetrics",
                        "Changes, volatility and market share of all assets, up to the latest observation of each")
                .get(
                        "/api/v1/symbols",
                        assets::symbols,
                        AssetRoutes.SYMBOL_PARAMETERS,
                        SymbolPage.class,
                        "listSymbols",
                        "Symbols, and the assets that bear them")
                .get(
                        "/api/v1/symbols/{symbol}",
                        assets::bearers,
                        AssetRoutes.BEARER_PARAMETERS,
                        AssetDetailPage.class,
                        "listBearersOfSymbol",
                        "The assets that bear a symbol; symbols are not unique")
                .get(
                        "/api/v1/data",
                        data::list,
                        DataRoutes.PARAMETERS,
                        DataView.class,
                        "listData",
                        "The latest prices in US dollars, in the shape that earlier services gave them")
                .get(
                        "/api/v1/stats",
                        stats::stats,
                        StatsRoutes.PARAMETERS,
                        StatsView.class,
                        "getStats",
                        "Figures of the whole")
                .get(
                        "/api/v1/sources",
                        sources::list,
                        SourceRoutes.PARAMETERS,
                        SourcePage.class,
                        "listSources",
                        "How the sources are doing")
                .get(
                        "/api/v1/sources/{source}",
                        sources::one,
                        none,
                        SourceView.class,
                        "getSource",
                        "How a source is doing")
                .get(
                        "/api/v1/quality",
                        quality::list,
                        QualityRoutes.PARAMETERS,
                        QualityPage.class,
                        "listQuality",
                        "How complete, consistent and fresh what each source brings is, by window")
                .get(
                        "/api/v1/sources/{source}/symbols",
                        offers::list,
                        OfferRoutes.PARAMETERS,
                        OfferPage.class,
                        "listOffers",
                        "What a source offers, by its own ids")
                .get(
                        "/api/v1/runs",
                        runs::list,
                        RunRoutes.PARAMETERS,
                        RunPage.class,
                        "listRuns",
                        "The runs of the ingestors, newest first")
                .get("/api/v1/runs/{id}", runs::one, none, RunDetail.class, "getRun", "A run, and what became of it")
                .get(
                        "/api/v1/rejected",
                        rejected::list,
                        RejectedRoutes.PARAMETERS,
                        RejectionPage.class,
                        "listRejected",
                        "Records in quarantine, newest first")
                .get(
                        "/api/v1/aliases",
                        assets::aliases,
                        AssetRoutes.ALIAS_PARAMETERS,
                        AliasPage.class,
                        "listAliases",
                        "What sources call assets, and how that was decided")
                .put(
                        "/api/v1/aliases",
                        normalizer::decide,
                        NormalizerRoutes.ALIAS_PARAMETERS,
                        DecisionView.class,
                        "decideAlias",
                        "Decides which asset a source means, whatever the evidence says")
                .get(
                        "/api/v1/observations/{event_id}",
                        history::one,
                        HistoryRoutes.DETAIL_PARAMETERS,
                        ObservationDetail.class,
                        "getObservation",
                        "An observation with the source's own payload")
                .post(
                        "/api/v1/rejected/replay",
                        normalizer::replayAll,
                        NormalizerRoutes.REASON_PARAMETERS,
                        ReplayView.class,
                        "replayRejectedByReason",
                        "Sends all records through the rules again that broke one of them")
                .post(
                        "/api/v1/rejected/{id}/replay",
                        normalizer::replay,
                        none,
                        ReplayView.class,
                        "replayRejected",
                        "Sends a record through the rules again")
                .post(
                        "/api/v1/ingest/all",
                        ingest::all,
                        IngestRoutes.PARAMETERS,
                        CommandView.class,
                        "ingestAll",
                        "Asks every ingestor that has run for a run now")
                .post(
                        "/api/v1/ingest/{ingestor}",
                        ingest::one,
                        IngestRoutes.PARAMETERS,
                        RunView.class,
                        "ingest",
                        "Asks an ingestor for a run now")
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
}
