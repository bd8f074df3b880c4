package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "64123.12,64123.12",
        "64123.10,64123.10",
        "8.69e-05,0.0000869",
        "1E-8,0.00000001",
        "3.51E+11,351000000000",
        "981847205393966080,981847205393966080",
        "0.10101010101010101,0.10101010101010101",
        "-1.25,-1.25",
        "0.0,0.0",
        "0e-30,0.000000000000000000000000000000"
    })
    void keepsEveryDigit(String text, String plain) {
        assertThat(Decimals.parse(text).toPlainString()).isEqualTo(plain);
    }

    @Test
    void takesAsManyDigitsAsThereMayBe() {
        String most = "1".repeat(38) + "." + "1".repeat(38);

        assertThat(Decimals.parse(most).toPlainString()).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e38", "1e-39", "1e999999999", "1e-999999999"})
    void refusesMoreDigitsThanThereMayBeWithoutWritingThemOut(String text) {
        assertThatThrownBy(() -> Decimals.parse(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage(text + " has more than 38 digits before or after the point");
    }

    @Test
    void countsNoZerosAtTheEnd() {
        assertThat(Decimals.parse("1.50000000000000000000000000000000000000000").toPlainString())
                .isEqualTo("1.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "NaN", "Infinity", "1,234", "0x10", "1 2"})
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> Decimals.parse(text)).hasMessage("\"%s\" is not a number".formatted(text));
    }

    @Test
    void refusesATextThatIsTooLongToLookAt() {
        assertThatThrownBy(() -> Decimals.parse("1".repeat(100_000))).hasMessageContaining("too long");
    }
}
