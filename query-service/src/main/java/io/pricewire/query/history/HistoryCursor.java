package io.pricewire.query.history;

import io.pricewire.query.parameter.Paging;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The place of an observation among those of its asset, which are sorted by time and then by what tells them apart. */
record HistoryCursor(Instant observedAt, String source, String sourceAssetId, String quote, String interval) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int PARTS = 5;

    static HistoryCursor of(ObservationView row) {
        return new HistoryCursor(row.observedAt(), row.source(), row.sourceAssetId(), row.quote(), row.interval());
    }

    /** Opaque to clients. */
    String text() {
        String parts = JSON.writeValueAsString(List.of(observedAt.toString(), source, sourceAssetId, quote, interval));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    static HistoryCursor parse(String text) {
        try {
            List<String> parts = JSON.readValue(Base64.getUrlDecoder().decode(text), TEXTS);
            if (parts.size() == PARTS) {
                return new HistoryCursor(
                        Instant.parse(parts.get(0)), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
            }
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            // answered below
        }
        throw Paging.badCursor();
    }
}
