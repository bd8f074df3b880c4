package io.pricewire.query.json;

import java.math.BigDecimal;

/** Reads decimals as events hold them: in plain notation. */
public final class PlainDecimal {

    /** A sign, 38 digits, a point, 38 digits. */
    private static final int LONGEST = 78;

    private PlainDecimal() {}

    /**
     * The number. An exponent would say in a few characters what takes a million to write, and is refused.
     *
     * @throws NumberFormatException where the digits are no decimal in plain notation
     */
    public static BigDecimal read(String digits) {
        if (digits.length() > LONGEST || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
            throw new NumberFormatException("\"%.80s\" is no decimal in plain notation".formatted(digits));
        }
        return new BigDecimal(digits);
    }
}
