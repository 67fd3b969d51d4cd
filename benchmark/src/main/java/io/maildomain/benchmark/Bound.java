package io.maildomain.benchmark;

/** On which side of a number a measured value is to be. */
public enum Bound {
    AT_MOST("≤"),
    AT_LEAST("≥");

    private static final double ROUNDING = 1e-9;

    private final String sign;

    Bound(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    boolean holds(double measured, double bound) {
        return this == AT_MOST ? measured <= bound + ROUNDING : measured >= bound - ROUNDING;
    }
}
