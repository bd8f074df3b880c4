package io.pricewire.query.reference;

import io.pricewire.query.json.DecimalJson;
import io.pricewire.query.json.Numbers;
import io.pricewire.query.json.Shown;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reference price, with its JSON, which is made once for each status and shared by everyone who asks. Immutable but for
 * that.
 */
public final class KnownReference implements Shown {

    private final ReferenceView view;
    private final String symbolInCapitals;
    private final DecimalJson json;
    private volatile @Nullable Encoded numbers;
    private volatile @Nullable Encoded strings;

    KnownReference(ReferenceView view, DecimalJson json) {
        this.view = view;
        this.symbolInCapitals = view.symbol().toUpperCase(Locale.ROOT);
        this.json = json;
    }

    public String assetId() {
        return view.assetId();
    }

    public String symbolInCapitals() {
        return symbolInCapitals;
    }

    public String quote() {
        return view.quote();
    }

    ReferenceKey key() {
        return new ReferenceKey(view.assetId(), view.quote());
    }

    @Override
    public byte[] json(Numbers form, Instant now) {
        ReferenceView shown = view.asOf(now);
        Encoded known = form == Numbers.NUMBER ? numbers : strings;
        if (known == null || !known.status.equals(shown.status())) {
            known = new Encoded(shown.status(), json.write(shown, form));
            if (form == Numbers.NUMBER) {
                numbers = known;
            } else {
                strings = known;
            }
        }
        return known.bytes;
    }

    private static final class Encoded {

        private final String status;
        private final byte[] bytes;

        Encoded(String status, byte[] bytes) {
            this.status = status;
            this.bytes = bytes;
        }
    }
}
