package io.pricewire.ingestor;

import java.math.BigDecimal;

/** Numbers from their digits, without a float in between. */
public final class Decimals {

    /** The most digits before the point, and the most after it. */
    public static final int MAX_DIGITS = 38;

    /** Longer texts are no numbers within these bounds, however they are written. */
    private static final int MAX_LENGTH = 200;

    private Decimals() {}

    /**
     * Reads a number as JSON and CSV files have it: {@code 64123.12}, {@code 8.69e-05}, {@code 1E-8}.
     *
     * @throws NumberFormatException where it is none, or has more than {@value #MAX_DIGITS} digits before or after the
     *     point; the message says which
     */
    public static BigDecimal parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new NumberFormatException("a number of %d characters is too long".formatted(text.length()));
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new NumberFormatException("\"%s\" is not a number".formatted(text));
        }
        // Judged before anything writes it out: 1e999999999 has a billion digits.
        BigDecimal significant = significant(number);
        if (significant.scale() > MAX_DIGITS || significant.precision() - (long) significant.scale() > MAX_DIGITS) {
            throw new NumberFormatException(
                    "%s has more than %d digits before or after the point".formatted(text, MAX_DIGITS));
        }
        boolean isWrittenTooLong = number.scale() > MAX_DIGITS || -(long) number.scale() > MAX_DIGITS;
        return isWrittenTooLong ? significant : number;
    }

    private static BigDecimal significant(BigDecimal number) {
        try {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        } catch (ArithmeticException outOfRange) {
            // Its exponent is at the end of what an exponent can be, and beyond our bounds in any case.
            return number;
        }
    }
}
