package io.pricewire.normalizer.reference;

import io.pricewire.normalizer.reference.Reference.Excluded;
import io.pricewire.normalizer.reference.Reference.Used;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The sources of a reference price as its table has them. */
final class SourcesJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SourcesJson() {}

    static String used(Reference reference) {
        return JSON.writeValueAsString(
                reference.used().stream().map(SourcesJson::used).toList());
    }

    static String excluded(Reference reference) {
        return JSON.writeValueAsString(
                reference.excluded().stream().map(SourcesJson::excluded).toList());
    }

    private static Map<String, @Nullable Object> used(Used used) {
        Map<String, @Nullable Object> fields = fields(used.quotation());
        fields.put("weight", used.weight());
        return fields;
    }

    private static Map<String, @Nullable Object> excluded(Excluded excluded) {
        Map<String, @Nullable Object> fields = fields(excluded.quotation());
        fields.put("reason", excluded.reason().code());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Quotation quotation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", quotation.source());
        fields.put("source_asset_id", quotation.sourceAssetId());
        fields.put("event_id", quotation.eventId());
        fields.put("price", quotation.price());
        fields.put("volume_24h", quotation.volume24h());
        fields.put("observed_at", quotation.observedAt().toString());
        fields.put("stale_at", quotation.staleAt().toString());
        return fields;
    }
}
