package io.maildomain.operator.ownership;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether what the ownership record says of an earlier rule is what stood there. The ownership record lies in a status, which a user
 * may have edited; the seal of what was found lies in the name of the rule at Cloudflare, which only we write.
 *
 * @param text 32 hexadecimal digits
 */
public record ContentHash(String text) {

    private static final int BYTES = 16;

    /** The seal of what was found: one for each different sequence of values, null among them. */
    public static ContentHash of(Object... found) {
        String said = Stream.of(found)
                .map(value -> Objects.toString(value, ""))
                .map(value -> value.length() + ":" + value)
                .collect(Collectors.joining());
        byte[] digest = sha256().digest(said.getBytes(StandardCharsets.UTF_8));
        return new ContentHash(HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)));
    }

    public ContentHash {
        text = text.toLowerCase(Locale.ROOT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
