package seeded.query;

import java.math.BigDecimal;

/** Breaks a rule on purpose. */
final class MakesAFloat {

    boolean isLarge(BigDecimal price) {
        return price.doubleValue() > 1;
    }
}
