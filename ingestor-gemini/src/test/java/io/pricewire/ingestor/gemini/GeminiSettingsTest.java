package io.pricewire.ingestor.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.ingestor.CallBudget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GeminiSettingsTest {

    @Test
    void asksFourTimesAMinuteAndOnceASecondAtTheMost() {
        GeminiSettings defaults = bind(Map.of());

        assertThat(defaults.enabled()).isTrue();
        assertThat(defaults.symbols()).containsExactly("BTCUSD", "ETHUSD", "SOLUSD");
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults.service().url()).hasToString("https://api.gemini.com");
        assertThat(defaults.service().headers()).isEmpty();
        assertThat(defaults.service().budget()).isEqualTo(new CallBudget(60, 0));
    }

    @Test
    void asksLessOftenForMorePairs() {
        String pairs =
                "a0000,b0000,c0000,d0000,e0000,f0000,g0000,h0000,i0000,j0000,k0000,l0000,m0000,n0000,o0000,p0000,q0000,r0000,s0000";

        assertThat(bind(Map.of("symbols", pairs)).interval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(bind(Map.of("poll-interval", "1s")).interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesPairsInAnyCaseEachOnceOrNone() {
        assertThat(bind(Map.of("symbols", "BTCUSD, btcusd")).symbols()).containsExactly("BTCUSD");
        assertThat(bind(Map.of("symbols", "")).symbols()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1234,0",
        "https://notgemini.com,0",
        "https://api.sandbox.gemini.com,60",
        "https://API.GEMINI.COM,60"
    })
    void boundsNoCallsOfAServerOfOnesOwn(String url, int callsPerMinute) {
        assertThat(bind(Map.of("api-url", url)).service().budget()).isEqualTo(new CallBudget(callsPerMinute, 0));
    }

    @Test
    void takesABudgetThatSomebodyHasSet() {
        GeminiSettings settings = bind(Map.of("calls-per-minute", "8", "calls-per-month", "100000"));

        assertThat(settings.service().budget()).isEqualTo(new CallBudget(8, 100_000));
        assertThat(settings.interval())
                .as("4 calls of 100,000 in a month and a tenth")
                .isEqualTo(Duration.ofDays(34).multipliedBy(4).dividedBy(100_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "symbols|btc/usd|GEMINI_SYMBOLS is \"btc/usd\"; it takes pairs with commas between them, as btcusd,ethusd",
                "calls-per-minute|0|pricewire.gemini.calls-per-minute is 0; it takes 1 or more",
                "poll-interval|0s|GEMINI_POLL_INTERVAL is PT0S; it takes 1ms or more",
                "api-url|ftp://x|GEMINI_API_URL takes an address like https://api.example.com/v1, without user, password and parameters"
            })
    void refusesWhatMakesNoSense(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(name, value))).rootCause().hasMessage(message);
    }

    private static GeminiSettings bind(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("pricewire.gemini." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("pricewire.gemini", GeminiSettings.class);
    }
}
