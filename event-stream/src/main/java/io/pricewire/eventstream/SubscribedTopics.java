package io.pricewire.eventstream;

import io.pricewire.proto.Topic;
import io.pricewire.proto.TopicFamily;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A subscription in Kafka's terms: a pattern of names, and the way back from such a name to the contract's. */
final class SubscribedTopics {

    private final TopicNames names;
    private final Subscription subscription;
    private final Map<String, String> contractNames = new HashMap<>();

    SubscribedTopics(Subscription subscription, TopicNames names) {
        this.subscription = subscription;
        this.names = names;
        for (Topic<?> topic : subscription.topics()) {
            contractNames.put(names.inKafka(topic), topic.name());
        }
    }

    static SubscribedTopics of(Topic<?> topic, TopicNames names) {
        return new SubscribedTopics(Subscription.to(topic), names);
    }

    Pattern pattern() {
        return Pattern.compile(Stream.concat(
                        subscription.topics().stream().map(names::inKafka).map(Pattern::quote),
                        subscription.families().stream().map(names::patternInKafka))
                .collect(Collectors.joining("|")));
    }

    /** The contract's name of the topic that Kafka calls by this name. */
    String contractName(String inKafka) {
        return contractNames.computeIfAbsent(inKafka, this::nameInFamily);
    }

    private String nameInFamily(String inKafka) {
        List<TopicFamily<?>> families = subscription.families();
        for (TopicFamily<?> family : families) {
            String prefix = names.prefixInKafka(family) + ".";
            if (inKafka.startsWith(prefix)) {
                return family.of(inKafka.substring(prefix.length())).name();
            }
        }
        throw new IllegalArgumentException(
                "the topic %s belongs to no subscription of %s".formatted(inKafka, families));
    }
}
