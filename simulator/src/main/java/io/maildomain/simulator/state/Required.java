package io.maildomain.simulator.state;

/** What a state written by hand must not leave out. */
final class Required {

    private Required() {}

    /**
     * The text as it is.
     *
     * @throws IllegalArgumentException where there is none
     */
    static String text(String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is required");
        }
        return value;
    }
}
