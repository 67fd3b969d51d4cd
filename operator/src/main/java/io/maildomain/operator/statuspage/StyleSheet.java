package io.maildomain.operator.statuspage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style of the page, a file of its own: so the page needs no style inside, and the browser is told to take none. */
public final class StyleSheet {

    private static final String FILE = "status.css";

    private StyleSheet() {}

    /** All of it. */
    public static String text() {
        try (InputStream file = Objects.requireNonNull(StyleSheet.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled " + FILE + " cannot be read", e);
        }
    }
}
