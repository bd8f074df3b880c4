package io.pricewire.ingestor.coinpaprika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.ingestor.CallBudget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CoinPaprikaSettingsTest {

    @Test
    void asksEveryFiveMinutesWithoutAKey() {
        CoinPaprikaSettings defaults = bind();

        assertThat(defaults.enabled()).isTrue();
        assertThat(defaults.quotes()).containsExactly("USD");
        assertThat(defaults.interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.service().url()).hasToString("https://api.coinpaprika.com/v1");
        assertThat(defaults.service().headers()).isEmpty();
        assertThat(defaults.service().budget()).isEqualTo(new CallBudget(0, 20_000));
    }

    @Test
    void sendsTheKeyAsItIsToTheHostOfThoseWhoHaveOne() {
        CoinPaprikaSettings settings = bind("api-key", "secret");

        assertThat(settings.service().url()).hasToString("https://api-pro.coinpaprika.com/v1");
        assertThat(settings.service().headers()).containsExactly(Map.entry("Authorization", "secret"));
        assertThat(settings.toString() + settings.service()).doesNotContain("secret");
    }

    @Test
    void sendsTheKeyWithItsSchemeWhereThereIsOne() {
        assertThat(bind("api-key", "secret", "authorization-scheme", "Bearer")
                        .service()
                        .headers())
                .containsExactly(Map.entry("Authorization", "Bearer secret"));
    }

    @Test
    void asksLessOftenForMoreCurrenciesThanOneCallHas() {
        assertThat(bind("quotes", "USD,BTC,EUR,PLN").interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bind("quotes", "USD,BTC,EUR,PLN,KRW,GBP,CAD").interval())
                .isEqualTo(Duration.ofMinutes(7).plusMillis(20_640));
        assertThat(bind("calls-per-month", "1020").interval()).isEqualTo(Duration.ofMinutes(48));
        assertThat(bind("poll-interval", "1s").interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void refusesAnIntervalThatIsNone() {
        assertThatThrownBy(() -> bind("poll-interval", "0s"))
                .rootCause()
                .hasMessage("COINPAPRIKA_POLL_INTERVAL is PT0S; it takes 1ms or more");
    }

    private static CoinPaprikaSettings bind(String... settings) {
        Map<String, String> properties = new HashMap<>();
        for (int index = 0; index < settings.length; index += 2) {
            properties.put("pricewire.coinpaprika." + settings[index], settings[index + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("pricewire.coinpaprika", CoinPaprikaSettings.class);
    }
}
