package io.maildomain.benchmark;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as the table shows them. */
final class Numbers {

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Numbers() {}

    /** Whole numbers as they are, others with three digits; a dash for none. */
    static String shown(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        BigDecimal shown =
                Math.abs(number) >= 100 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(THREE_DIGITS);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}
