package seeded.ingestor;

import seeded.ingestor.toy.KnowsProtobuf;

/** Breaks a rule on purpose. */
final class KnowsASource {

    KnowsProtobuf source = new KnowsProtobuf();
}
