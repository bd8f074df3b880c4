package io.pricewire.normalizer.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pricewire.normalizer.Observed;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {

    private static final String LONGEST = "12345678901234567890123456789012345678";

    @ParameterizedTest
    @ValueSource(strings = {"0", "007", "-1", "1.0", "-0.000000000012", LONGEST, LONGEST + "." + LONGEST})
    void readsPlainDigitsAsTheyStand(String digits) {
        Candidate candidate = candidate(digits);

        assertThat(candidate.malformed()).isEmpty();
        assertThat(candidate.figures()).containsEntry(Figure.PRICE, new BigDecimal(digits));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                ".5",
                "+1",
                "--1",
                "1-",
                "1.2.3",
                "1e3",
                " 1",
                "1 ",
                "NaN",
                "\u0661",
                LONGEST + "9",
                "0." + LONGEST + "9"
            })
    void readsNothingElse(String digits) {
        Candidate candidate = candidate(digits);

        assertThat(candidate.malformed()).extracting(Reason::code).containsExactly("decimal_malformed");
        assertThat(candidate.figures()).doesNotContainKey(Figure.PRICE);
    }

    private static Candidate candidate(String digits) {
        return Candidate.of(Observed.event("test", Observed.at(digits, Observed.TIME)));
    }
}
