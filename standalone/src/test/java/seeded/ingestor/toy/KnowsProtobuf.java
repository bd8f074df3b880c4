package seeded.ingestor.toy;

import com.google.protobuf.Timestamp;

/** Breaks a rule on purpose. */
public final class KnowsProtobuf {

    Timestamp time = Timestamp.getDefaultInstance();
}
