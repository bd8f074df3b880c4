package io.pricewire.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.http.Coins;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CoinGeckoSettingsTest {

    @Test
    void asksForAllCoinsInDollarsWithoutAKey() {
        CoinGeckoSettings defaults = bind();

        assertThat(defaults.enabled()).isTrue();
        assertThat(defaults.selection()).isEqualTo(new Coins.All());
        assertThat(defaults.quotes()).containsExactly("USD");
        assertThat(defaults.service().url()).hasToString("https://api.coingecko.com/api/v3");
        assertThat(defaults.service().headers()).isEmpty();
        assertThat(defaults.service().budget()).isEqualTo(new CallBudget(10, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "demo,https://api.coingecko.com/api/v3,x-cg-demo-api-key",
        "pro,https://pro-api.coingecko.com/api/v3,x-cg-pro-api-key"
    })
    void sendsTheKeyWhereThePlanWantsIt(String plan, String url, String header) {
        CoinGeckoSettings settings = bind("plan", plan, "api-key", "secret");

        assertThat(settings.service().url()).hasToString(url);
        assertThat(settings.service().headers()).containsExactly(Map.entry(header, "secret"));
        assertThat(settings.toString() + settings.service()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"keyless,all,PT7M", "keyless,top:250,PT1M", "demo,top:100,PT4M53.76S", "demo,all,PT5H42M43.2S"})
    void pollsAsOftenAsThePlanAllows(String plan, String coins, Duration interval) {
        CoinGeckoSettings settings =
                plan.equals("keyless") ? bind("coins", coins) : bind("coins", coins, "plan", plan, "api-key", "x");

        assertThat(settings.interval()).isEqualTo(interval);
    }

    @Test
    void pollsAsOftenAsItIsTold() {
        assertThat(bind("poll-interval", "1s").interval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void boundsNoCallsOfAServerOfOnesOwn() {
        assertThat(bind("api-url", "http://localhost:1234").service().budget()).isEqualTo(CallBudget.UNBOUNDED);
        assertThat(bind("api-url", "http://localhost:1234", "calls-per-month", "7")
                        .service()
                        .budget())
                .isEqualTo(new CallBudget(0, 7));
    }

    @Test
    void pollsAsOftenAsABudgetOfOnesOwnAllows() {
        CoinGeckoSettings settings = bind("coins", "bitcoin", "calls-per-month", "1020", "calls-per-minute", "5");

        assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(48));
        assertThat(settings.service().budget()).isEqualTo(new CallBudget(5, 1_020));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan|demo|COINGECKO_PLAN is demo; it takes a COINGECKO_API_KEY",
                "api-key|secret|COINGECKO_API_KEY is set and COINGECKO_PLAN is keyless; a key takes demo or pro",
                "quotes|$|COINGECKO_QUOTES is \"$\"; it takes currencies with commas between them, as USD,EUR,BTC",
                "coins|top:x|COINGECKO_COINS is \"top:x\"; it takes all, top:100, or ids with commas between them",
                "poll-interval|0s|COINGECKO_POLL_INTERVAL is PT0S; it takes 1ms or more",
                "api-url|ftp://x|COINGECKO_API_URL takes an address like https://api.example.com/v1, without user, password and parameters",
                "api-url|https://pro-api.coingecko.com/api/v3|COINGECKO_API_URL is https://pro-api.coingecko.com/api/v3, which is not where the plan keyless is; that takes https://api.coingecko.com/api/v3",
                "calls-per-month|0|pricewire.coingecko.calls-per-month is 0; it takes 1 or more",
                "calls-per-minute|0|pricewire.coingecko.calls-per-minute is 0; it takes 1 or more"
            })
    void refusesWhatMakesNoSense(String name, String value, String message) {
        assertThatThrownBy(() -> bind(name, value)).rootCause().hasMessage(message);
    }

    private static CoinGeckoSettings bind(String... settings) {
        Map<String, String> properties = new HashMap<>();
        for (int index = 0; index < settings.length; index += 2) {
            properties.put("pricewire.coingecko." + settings[index], settings[index + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("pricewire.coingecko", CoinGeckoSettings.class);
    }
}
