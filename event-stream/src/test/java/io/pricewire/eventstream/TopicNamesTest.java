package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import io.pricewire.proto.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicNamesTest {

    private static final Subscription RAW_AND_RUNS =
            new Subscription(List.of(Topics.INGEST_RUNS), List.of(Topics.PRICES_RAW));

    @Test
    void callsTopicsAsTheContractDoesUnlessToldOtherwise() {
        assertThat(new TopicNames(Map.of()).inKafka(Topics.PRICES_RAW.of("csv")))
                .isEqualTo("prices.raw.csv");
    }

    @Test
    void callsATopicAsTheInstallationDoes() {
        assertThat(renamed("ingest-runs", "acme.runs").inKafka(Topics.INGEST_RUNS))
                .isEqualTo("acme.runs");
    }

    @Test
    void renamesAllTopicsOfAFamily() {
        assertThat(renamed("prices-raw", "acme-raw").inKafka(Topics.PRICES_RAW.of("csv")))
                .isEqualTo("acme-raw.csv");
    }

    @Test
    void takesTheKeyInTheFormThatAnEnvironmentVariableGivesIt() {
        assertThat(renamed("pricesraw", "acme-raw").inKafka(Topics.PRICES_RAW.of("csv")))
                .isEqualTo("acme-raw.csv");
    }

    @Test
    void findsTheContractsNameOfARenamedTopic() {
        SubscribedTopics topics = new SubscribedTopics(RAW_AND_RUNS, renamed("prices-raw", "acme-raw"));

        assertThat(topics.contractName("acme-raw.csv")).isEqualTo("prices.raw.csv");
        assertThat(topics.contractName("ingest.runs")).isEqualTo("ingest.runs");
    }

    @Test
    void matchesTopicsOfAFamilyThatAreNotThereYetAndNothingElse() {
        SubscribedTopics topics = new SubscribedTopics(RAW_AND_RUNS, new TopicNames(Map.of()));

        assertThat(List.of("prices.raw.kraken", "ingest.runs"))
                .allMatch(topics.pattern().asMatchPredicate());
        assertThat(List.of("prices.rawer.kraken", "prices.raw", "ingest.runs.old", "pricesXraw.csv"))
                .noneMatch(topics.pattern().asMatchPredicate());
    }

    private static TopicNames renamed(String topic, String name) {
        return new TopicNames(Map.of(topic, new TopicSettings(name, null, null)));
    }
}
