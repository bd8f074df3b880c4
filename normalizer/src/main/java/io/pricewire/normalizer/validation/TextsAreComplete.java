package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import io.pricewire.proto.v1.PriceObserved;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The texts that make an observation's key are there; all of them are short, and can be kept. */
final class TextsAreComplete implements Rule {

    private static final int LONGEST = 200;
    private static final Pattern SOURCE = Pattern.compile("[a-z0-9-]{1,50}");
    private static final Pattern QUOTE = Pattern.compile("[A-Z0-9]{1,20}");

    @Override
    public void check(Candidate candidate, Consumer<Reason> broken) {
        PriceObserved message = candidate.message();
        required("source", message.getSource(), SOURCE, "lower-case letters, digits and dashes", broken);
        required("quote", message.getQuote(), QUOTE, "capital letters and digits", broken);
        if (message.getSourceAssetId().isBlank()) {
            broken.accept(new Reason("source_asset_id_missing", "source_asset_id is empty"));
        }
        readable("source_asset_id", message.getSourceAssetId(), broken);
        readable("symbol", message.getSymbol(), broken);
        readable("name", message.getName(), broken);
    }

    private static void required(
            String field, String text, Pattern accepted, String description, Consumer<Reason> broken) {
        if (text.isEmpty()) {
            broken.accept(new Reason(field + "_missing", field + " is empty"));
        } else if (!accepted.matcher(text).matches()) {
            broken.accept(new Reason(
                    field + "_malformed", "%s is \"%.100s\"; it takes %s".formatted(field, text, description)));
        }
    }

    private static void readable(String field, String text, Consumer<Reason> broken) {
        if (text.length() > LONGEST) {
            broken.accept(new Reason(
                    "text_too_long", "%s has %d characters; it takes %d".formatted(field, text.length(), LONGEST)));
        }
        if (text.indexOf(0) >= 0) {
            broken.accept(new Reason("text_malformed", field + " holds a NUL character, which Postgres cannot keep"));
        }
    }
}
