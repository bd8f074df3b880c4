package io.pricewire.query.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.query.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class ParametersTest {

    private static final Parameter<Integer> COUNT = Parameter.integer("count", "How many.", 1, 10);
    private static final Parameter<Set<String>> NAMES = Parameter.list("names", "Which.");
    private static final Parameter<Set<String>> SYMBOLS = Parameter.upperCaseList("symbols", "Which.");
    private static final Parameter<BigDecimal> LEAST = Parameter.decimal("least", "From where.");
    private static final Parameter<Boolean> OPEN = Parameter.flag("open", "Whether.");
    private static final Parameter<Instant> SINCE = Parameter.time("since", "From when.");
    private static final Parameter<String> COLOUR = Parameter.choice("colour", "What colour.", List.of("red", "blue"));
    private static final Parameters ALL = Parameters.of(COUNT, NAMES, SYMBOLS, LEAST, OPEN, SINCE, COLOUR);

    @Test
    void readsWhatIsGiven() {
        Arguments arguments = read(
                "count=3",
                "names=a, b",
                "symbols=btc,Eth",
                "least=1.50",
                "open=false",
                "since=2026-11-21T08:00:00+01:00",
                "colour=red");

        assertThat(arguments.find(COUNT)).isEqualTo(3);
        assertThat(arguments.find(NAMES)).containsExactlyInAnyOrder("a", "b");
        assertThat(arguments.find(SYMBOLS)).containsExactlyInAnyOrder("BTC", "ETH");
        assertThat(arguments.find(LEAST)).isEqualTo("1.50");
        assertThat(arguments.find(OPEN)).isFalse();
        assertThat(arguments.find(SINCE)).isEqualTo("2026-11-21T07:00:00Z");
        assertThat(arguments.find(COLOUR)).isEqualTo("red");
    }

    @Test
    void knowsWhatIsNotGiven() {
        assertThat(read().find(COUNT)).isNull();
        assertThat(read().get(COUNT, 7)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count=0",
                "count=11",
                "count=x",
                "count=",
                "count=99999999999",
                "names=",
                "names=a,,b",
                "least=1e5",
                "least=",
                "open=yes",
                "since=yesterday",
                "since=2026-11-21",
                "colour=green"
            })
    void refusesWhatIsNotAccepted(String query) {
        assertThatThrownBy(() -> read(query))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(query.substring(0, query.indexOf('=')) + ": ");
    }

    @Test
    void refusesWhatIsNotKnown() {
        assertThatThrownBy(() -> read("cuont=3"))
                .hasMessage("cuont: it is not known here; known are count, names, symbols, least, open, since, colour");
    }

    @Test
    void refusesWhatIsGivenTwice() {
        assertThatThrownBy(() -> read("count=3", "count=4")).hasMessage("count: it is given 2 times; it takes one");
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThatThrownBy(() -> read("count=0", "open=maybe", "x=1")).hasMessage("3 parameters cannot be accepted");
    }

    @Test
    void refusesAPageTogetherWithACursor() {
        assertThatThrownBy(() -> paging("page=2", "cursor="))
                .hasMessage("cursor: it cannot be given together with page");
    }

    @Test
    void startsWithTheFirstHundred() {
        assertThat(paging()).isEqualTo(new Paging(null, 1, 100));
    }

    @Test
    void startsACursorWithNothing() {
        assertThat(paging("cursor=", "page_size=5")).isEqualTo(new Paging("", 1, 5));
    }

    private static Paging paging(String... query) {
        return Paging.of(Paging.PARAMETERS.read(query(query)));
    }

    private static Arguments read(String... query) {
        return ALL.read(query(query));
    }

    private static MultiValueMap<String, String> query(String... parameters) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        for (String parameter : parameters) {
            String[] parts = parameter.split("=", 2);
            query.add(parts[0], parts[1]);
        }
        return query;
    }
}
