package io.pricewire.proto;

import io.pricewire.proto.v1.AssetDescribed;
import io.pricewire.proto.v1.Checkpoint;
import io.pricewire.proto.v1.IngestCommand;
import io.pricewire.proto.v1.IngestRun;
import io.pricewire.proto.v1.NormalizerCommand;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.Price;
import io.pricewire.proto.v1.PriceObserved;
import io.pricewire.proto.v1.ReferencePrice;

/** Every topic of Pricewire, with the contract's defaults. */
public final class Topics {

    /** What each ingestor saw, keyed by the source's asset id. */
    public static final TopicFamily<PriceObserved> PRICES_RAW =
            new TopicFamily<>("prices.raw", PriceObserved.getDefaultInstance(), 6, Kept.days(7));

    /** What each ingestor's source says its assets are, keyed by the source's asset id. */
    public static final TopicFamily<AssetDescribed> ASSETS_RAW =
            new TopicFamily<>("assets.raw", AssetDescribed.getDefaultInstance(), 1, Kept.newestOfEachKey());

    /** Every accepted price, keyed by canonical asset. */
    public static final Topic<Price> PRICES_NORMALIZED =
            new Topic<>("prices.normalized", Price.getDefaultInstance(), 6, Kept.days(7));

    /** The newest price of each asset at each source in each quote, keyed by {@code source|source asset id|quote}. */
    public static final Topic<Price> PRICES_LATEST =
            new Topic<>("prices.latest", Price.getDefaultInstance(), 6, Kept.newestOfEachKey());

    /** One price of each asset in each quote, made of what all sources say, keyed by {@code asset|quote}. */
    public static final Topic<ReferencePrice> PRICES_REFERENCE =
            new Topic<>("prices.reference", ReferencePrice.getDefaultInstance(), 6, Kept.newestOfEachKeyFor(7));

    /** Records that were refused, keyed by the source's asset id or by their position. */
    public static final Topic<ObservationRejected> PRICES_REJECTED =
            new Topic<>("prices.rejected", ObservationRejected.getDefaultInstance(), 1, Kept.days(30));

    /** What ingestors are asked to do, keyed by ingestor. Its one partition also decides which instance leads. */
    public static final Topic<IngestCommand> INGEST_COMMANDS =
            new Topic<>("ingest.commands", IngestCommand.getDefaultInstance(), 1, Kept.days(30));

    /** What ingestors say of their runs, keyed by run id. */
    public static final Topic<IngestRun> INGEST_RUNS =
            new Topic<>("ingest.runs", IngestRun.getDefaultInstance(), 1, Kept.days(30));

    /** How far ingestors have come, keyed by ingestor and, where there is one, file. */
    public static final Topic<Checkpoint> INGEST_CHECKPOINTS =
            new Topic<>("ingest.checkpoints", Checkpoint.getDefaultInstance(), 1, Kept.newestOfEachKey());

    /** What the normalizer is asked to do, keyed by the alias or the rejection that is meant. */
    public static final Topic<NormalizerCommand> NORMALIZER_COMMANDS =
            new Topic<>("normalizer.commands", NormalizerCommand.getDefaultInstance(), 1, Kept.days(30));

    private Topics() {}
}
