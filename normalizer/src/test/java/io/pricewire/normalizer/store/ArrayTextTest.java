package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrayTextTest {

    @Test
    void leavesOutTheNullsAtTheEnd() {
        assertThat(array()).isEqualTo("{}");
        assertThat(array(null, null)).isEqualTo("{}");
        assertThat(array(null, 1, null, null, 2, null)).isEqualTo("{null,1,null,null,2}");
    }

    @Test
    void quotesText() {
        assertThat(array("", "null", "a,b", "\"\\")).isEqualTo("{\"\",\"null\",\"a,b\",\"\\\"\\\\\"}");
    }

    @Test
    void writesNumbersPlainly() {
        assertThat(array(new BigDecimal("1E+3"), new BigDecimal("0.0000000012"), 7L, true))
                .isEqualTo("{1000,0.0000000012,7,true}");
    }

    private static String array(@Nullable Object... elements) {
        ArrayText array = new ArrayText(elements.length);
        Arrays.asList(elements).forEach(array::add);
        return array.end();
    }
}
