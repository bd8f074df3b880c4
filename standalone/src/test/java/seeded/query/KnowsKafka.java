package seeded.query;

import org.apache.kafka.common.TopicPartition;

/** Breaks a rule on purpose. */
final class KnowsKafka {

    TopicPartition partition = new TopicPartition("topic", 0);
}
