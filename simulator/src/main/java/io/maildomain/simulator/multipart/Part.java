package io.maildomain.simulator.multipart;

import java.nio.charset.StandardCharsets;

/**
 * One part of a form.
 *
 * @param fileName empty where it is no file
 * @param contentType empty where none is said
 */
public record Part(String name, String fileName, String contentType, byte[] content) {

    /** Its content as text. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
