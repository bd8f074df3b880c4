package io.pricewire.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonWriter;

class LogFieldsTest {

    private final JsonWriter<ILoggingEvent> writer = JsonWriter.of(new LogFields()::customize);

    @Test
    void makesFieldsOfWhatFollowsTheSentence() {
        assertThat(json("io.pricewire.ingestor.Run", "{} file={} seen={}", "run ended", "a.csv", 3))
                .isEqualTo("{\"labels\":{\"file\":\"a.csv\",\"seen\":\"3\"}}");
    }

    @Test
    void tellsTheTraceOfARun() {
        assertThat(json("io.pricewire.ingestor.Run", "run ended run_id={}", "22222222-2222-4222-8222-222222222222"))
                .isEqualTo("{\"labels\":{\"run_id\":\"22222222-2222-4222-8222-222222222222\"},"
                        + "\"trace\":{\"id\":\"22222222222242228222222222222222\"}}");
    }

    @Test
    void tellsTheRequest() {
        assertThat(json("io.pricewire.query.problem.Problems", "it failed request_id={}", "r-1"))
                .isEqualTo("{\"labels\":{\"request_id\":\"r-1\"},\"http\":{\"request\":{\"id\":\"r-1\"}}}");
    }

    @Test
    void leavesAloneWhatOthersSay() {
        assertThat(json("org.apache.kafka.Thing", "it is so key={}", "value")).isEqualTo("{}");
    }

    @Test
    void leavesOutWhatIsUnknown() {
        assertThat(json("io.pricewire.Thing", "it is so key={}", new Object[] {null}))
                .isEqualTo("{}");
    }

    private String json(String logger, String template, Object... values) {
        LoggerContext context = new LoggerContext();
        return writer.writeToString(new LoggingEvent(
                LogFieldsTest.class.getName(), context.getLogger(logger), Level.INFO, template, null, values));
    }
}
