package io.maildomain.simulator.control;

import java.util.NoSuchElementException;

/** A user wants to do something to what does not exist. */
final class NotThere extends NoSuchElementException {

    private static final long serialVersionUID = 1L;

    NotThere(String message) {
        super(message);
    }
}
