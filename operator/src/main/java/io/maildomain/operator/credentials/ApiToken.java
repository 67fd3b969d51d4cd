package io.maildomain.operator.credentials;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Cloudflare API token. Nothing but {@link #authorizationHeader()} gives it away, and that is only for the HTTP
 * client; it is no record, since a record would print it.
 */
public final class ApiToken {
    private final String value;

    private ApiToken(String value) {
        this.value = value;
    }

    /** A token that {@link TokenResolution} has checked: printable ASCII without spaces. */
    static ApiToken checked(String value) {
        return new ApiToken(value);
    }

    /**
     * A token from elsewhere than a Secret.
     *
     * @throws IllegalArgumentException if it is no token; the message never shows the value
     */
    public static ApiToken of(String value) {
        SecretText.Checked checked = SecretText.token(value.getBytes(StandardCharsets.UTF_8));
        if (!checked.reason().isEmpty() || checked.text().isEmpty()) {
            throw new IllegalArgumentException(checked.reason().isEmpty() ? "it is blank" : checked.reason());
        }
        return new ApiToken(checked.text());
    }

    /** The value of the {@code Authorization} header. Only the HTTP client's interceptor may call this. */
    public String authorizationHeader() {
        return "Bearer " + value;
    }

    /** Whether its form says that an account owns it; older ones do not tell. */
    public boolean isAccountOwned() {
        return value.startsWith("cfat_");
    }

    /** A SHA-256 of the token (hex): tells tokens apart in memory without keeping them readable as keys. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiToken token
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.US_ASCII), token.value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "ApiToken[redacted]";
    }
}
