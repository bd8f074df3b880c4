package io.pricewire.ingestor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoinsTest {

    @Test
    void areAllOrTheGreatestOrThoseWithTheseIds() {
        assertThat(Coins.of("X_COINS", "all")).isEqualTo(new Coins.All());
        assertThat(Coins.of("X_COINS", "top:100")).isEqualTo(new Coins.Top(100));
        assertThat(Coins.of("X_COINS", "bitcoin, ethereum,,bitcoin"))
                .isEqualTo(new Coins.Only(List.of("bitcoin", "ethereum")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "top:0", "top:many", "top:"})
    void areNotSomethingElse(String text) {
        assertThatThrownBy(() -> Coins.of("X_COINS", text))
                .hasMessage(
                        "X_COINS is \"%s\"; it takes all, top:100, or ids with commas between them".formatted(text));
    }

    @Test
    void areAskedForInCurrenciesInUpperCase() {
        assertThat(Quotes.require("X_QUOTES", List.of("usd", "EUR", "USD"))).containsExactly("USD", "EUR");
        assertThatThrownBy(() -> Quotes.require("X_QUOTES", List.of("US Dollar")))
                .hasMessage("X_QUOTES is \"US Dollar\"; it takes currencies with commas between them, as USD,EUR,BTC");
    }
}
