package io.pricewire.eventstream;

import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import io.pricewire.proto.Topic;
import io.pricewire.proto.TopicFamily;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Translates between the contract's names of topics and this installation's. */
final class TopicNames {

    private final Map<String, TopicSettings> settings = new HashMap<>();
    private final Map<String, String> namesInKafka = new ConcurrentHashMap<>();

    TopicNames(Map<String, TopicSettings> settings) {
        settings.forEach((topic, value) -> this.settings.put(lettersOf(topic), value));
    }

    /** What this installation sets of the topic, or of the family that it belongs to. */
    TopicSettings settingsOf(Topic<?> topic) {
        TopicSettings own = settings.get(lettersOf(topic.name()));
        return own != null ? own : settingsOfFamily(familyOf(topic.name()));
    }

    /** How many partitions the topic is created with. */
    int partitionsOf(Topic<?> topic) {
        return Objects.requireNonNullElse(settingsOf(topic).partitions(), topic.partitions());
    }

    /** The topic's name in Kafka. */
    String inKafka(Topic<?> topic) {
        return inKafka(topic.name());
    }

    /** The name in Kafka of the topic that the contract calls by this name. Asked of every record, so it is remembered. */
    String inKafka(String topic) {
        return namesInKafka.computeIfAbsent(topic, this::findInKafka);
    }

    private String findInKafka(String topic) {
        TopicSettings own = settings.get(lettersOf(topic));
        if (own != null && own.name() != null) {
            return own.name();
        }
        String family = familyOf(topic);
        String prefix = settingsOfFamily(family).name();
        return prefix == null ? topic : prefix + topic.substring(family.length());
    }

    /** Matches the names in Kafka of all topics of the family. */
    String patternInKafka(TopicFamily<?> family) {
        return Pattern.quote(prefixInKafka(family)) + "\\.[a-z0-9-]+";
    }

    String prefixInKafka(TopicFamily<?> family) {
        String prefix = settingsOfFamily(family.prefix()).name();
        return prefix == null ? family.prefix() : prefix;
    }

    private TopicSettings settingsOfFamily(String family) {
        return settings.getOrDefault(lettersOf(family), TopicSettings.NONE);
    }

    private static String familyOf(String topic) {
        int point = topic.lastIndexOf('.');
        return point < 0 ? topic : topic.substring(0, point);
    }

    /** Environment variables know neither points nor dashes. */
    private static String lettersOf(String topic) {
        return topic.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
