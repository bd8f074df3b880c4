package io.pricewire.normalizer.pipeline;

import com.google.protobuf.ByteString;
import io.pricewire.normalizer.validation.Rules;
import io.pricewire.proto.v1.ObservationRejected;
import io.pricewire.proto.v1.RejectionReason;

/**
 * Keeps rejections small enough for a record of Kafka's default size, whatever was rejected: one that is too large would
 * fail its batch whenever the batch came again. What is cut is the original, and the names that are taken from it.
 */
final class RejectionBounds {

    static final int LARGEST_ORIGINAL = Rules.LARGEST_OBSERVATION;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DETAIL = 1_000;

    private RejectionBounds() {}

    /** The same; where the original is too large only its first bytes, with the reason {@code original_cut}. */
    static ObservationRejected bounded(ObservationRejected rejected) {
        ObservationRejected.Builder bounded = rejected.toBuilder()
                .setSource(beginning(rejected.getSource(), LONGEST_NAME))
                .setSourceAssetId(beginning(rejected.getSourceAssetId(), LONGEST_NAME));
        bounded.getReasonsBuilderList()
                .forEach(reason -> reason.setDetail(beginning(reason.getDetail(), LONGEST_DETAIL)));
        int size = originalSize(rejected);
        return size <= LARGEST_ORIGINAL
                ? bounded.build()
                : bounded.setBytes(original(rejected).substring(0, LARGEST_ORIGINAL))
                        .addReasons(RejectionReason.newBuilder()
                                .setCode("original_cut")
                                .setDetail(
                                        "the original has %d bytes, of which the first %d are kept; it cannot be replayed"
                                                .formatted(size, LARGEST_ORIGINAL)))
                        .build();
    }

    private static int originalSize(ObservationRejected rejected) {
        return rejected.hasObservation()
                ? rejected.getObservation().getSerializedSize()
                : rejected.getBytes().size();
    }

    private static ByteString original(ObservationRejected rejected) {
        return rejected.hasObservation() ? rejected.getObservation().toByteString() : rejected.getBytes();
    }

    private static String beginning(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
