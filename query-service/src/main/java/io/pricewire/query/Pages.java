package io.pricewire.query;

import io.pricewire.query.assets.AliasView;
import io.pricewire.query.assets.AssetDetail;
import io.pricewire.query.assets.AssetView;
import io.pricewire.query.assets.SymbolView;
import io.pricewire.query.candles.CandleView;
import io.pricewire.query.history.ObservationView;
import io.pricewire.query.metrics.MetricsView;
import io.pricewire.query.prices.PriceView;
import io.pricewire.query.quality.QualityView;
import io.pricewire.query.reference.ReferenceView;
import io.pricewire.query.rejected.RejectionView;
import io.pricewire.query.runs.RunView;
import io.pricewire.query.sources.OfferView;
import io.pricewire.query.sources.SourceView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of lists, for the documentation; they are written row by row. */
final class Pages {

    private Pages() {}

    /** A part of a list of prices. */
    record PricePage(
            List<PriceView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of reference prices. */
    record ReferencePage(
            List<ReferenceView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of observations. */
    record ObservationPage(
            List<ObservationView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of candles. */
    record CandlePage(
            List<CandleView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of metrics. */
    record MetricsPage(
            List<MetricsView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of assets. */
    record AssetPage(
            List<AssetView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of assets with all that is known of each. */
    record AssetDetailPage(
            List<AssetDetail> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of aliases. */
    record AliasPage(
            List<AliasView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of symbols. */
    record SymbolPage(
            List<SymbolView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of sources. */
    record SourcePage(
            List<SourceView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of sources' scores. */
    record QualityPage(
            List<QualityView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of what a source offers. */
    record OfferPage(
            List<OfferView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of runs. */
    record RunPage(
            List<RunView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}

    /** A part of a list of records in quarantine. */
    record RejectionPage(
            List<RejectionView> data,
            @Nullable Integer page,
            int pageSize,
            @Nullable Long total,
            @Nullable String next) {}
}
