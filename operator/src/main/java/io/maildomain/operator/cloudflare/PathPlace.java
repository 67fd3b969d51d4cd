package io.maildomain.operator.cloudflare;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can stand in the place of a segment in braces: nothing that would lead the request elsewhere. */
enum PathPlace {
    ID("[0-9a-f]{32}", "an id is 32 lower-case hexadecimal digits"),
    UUID("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "this id is a lower-case UUID"),
    SCRIPT("[A-Za-z0-9_-]{1,255}", "a Worker's name has up to 255 letters, digits, dashes and underscores"),
    BUCKET("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", "a bucket's name has 3 to 63 lower-case letters, digits and dashes"),
    PROJECT(
            "[a-z0-9]([a-z0-9-]{0,56}[a-z0-9])?",
            "a project's name has up to 58 lower-case letters, digits and dashes"),
    HOST("(?=.{1,253}$)[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})+", "this is no name of a host");

    private static final Map<String, PathPlace> BY_SEGMENT = Map.of(
            "{script_name}", SCRIPT,
            "{version_id}", UUID,
            "{deployment_id}", UUID,
            "{database_id}", UUID,
            "{bucket_name}", BUCKET,
            "{project_name}", PROJECT,
            "{domain_name}", HOST);

    private final Pattern form;
    private final String words;

    PathPlace(String form, String words) {
        this.form = Pattern.compile(form);
        this.words = words;
    }

    /** By the segment of a route. */
    static PathPlace of(String segment) {
        return BY_SEGMENT.getOrDefault(segment, ID);
    }

    boolean fits(@Nullable String text) {
        return text != null && form.matcher(text).matches();
    }

    /** @throws IllegalArgumentException for what has not this form; the message does not show it */
    void check(@Nullable String text) {
        if (!fits(text)) {
            throw new IllegalArgumentException(words);
        }
    }
}
