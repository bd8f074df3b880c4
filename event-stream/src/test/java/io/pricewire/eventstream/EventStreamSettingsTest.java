package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.eventstream.EventStreamSettings.TopicSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EventStreamSettingsTest {

    @Test
    void hasTheContractsDefaults() {
        EventStreamSettings defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("pricewire.kafka", EventStreamSettings.class);

        assertThat(defaults).isEqualTo(EventStreamSettings.at("localhost:9092"));
    }

    @Test
    void readsKafkasOwnSettingsFromVariables() {
        EventStreamSettings settings = Binder.get(environment(Map.of(
                        "PRICEWIRE_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SASL_SSL",
                        "PRICEWIRE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "a.B required username=\"me\";")))
                .bindOrCreate("pricewire.kafka", EventStreamSettings.class);

        assertThat(new KafkaClients(settings).reader())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "a.B required username=\"me\";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker:9092", "a:9092,b:9093", "10.0.0.1:9092"})
    void takesHostsWithPorts(String servers) {
        assertThat(EventStreamSettings.at(servers).bootstrapServers()).isEqualTo(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "broker", "broker:", "a:9092, b:9092", "http://broker:9092"})
    void namesTheVariableWhereServersAreNotHostsWithPorts(String servers) {
        assertThatThrownBy(() -> EventStreamSettings.at(servers))
                .hasMessage("KAFKA_BOOTSTRAP_SERVERS is \"%s\"; it takes host:port, several separated by commas"
                        .formatted(servers));
    }

    @Test
    void refusesAReplicationFactorOf0() {
        assertThatThrownBy(() -> new EventStreamSettings("a:1", Map.of(), (short) 0, Map.of()))
                .hasMessageContaining("pricewire.kafka.replication-factor is 0");
    }

    @Test
    void refusesATopicNameThatKafkaWouldRefuse() {
        assertThatThrownBy(() -> new TopicSettings("a topic", null, null)).hasMessageContaining("\"a topic\"");
    }

    @Test
    void refusesARetentionOf0() {
        assertThatThrownBy(() -> new TopicSettings(null, null, Duration.ZERO)).hasMessageContaining("more than 0");
    }

    private static ConfigurableEnvironment environment(Map<String, Object> variables) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return environment;
    }
}
