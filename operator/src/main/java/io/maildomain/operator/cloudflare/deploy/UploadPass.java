package io.maildomain.operator.cloudflare.deploy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Leave to upload files to one Pages project, which a token asked for. It is as secret as a token while it lasts. Nothing but {@link
 * #authorizationHeader()} gives it away, and that is only for the HTTP client; it is no record, since a record would print it.
 */
public final class UploadPass {
    private static final int MAX_LENGTH = 8_192;

    private final String value;
    private final Instant expiresAt;
    private final int mostFiles;

    /**
     * A pass that Cloudflare gave.
     *
     * @param mostFiles so many a deployment may hold
     * @throws IllegalArgumentException where it is none; the message never shows the value
     */
    public UploadPass(String value, Instant expiresAt, int mostFiles) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("it has not the form of a pass");
        }
        this.value = value;
        this.expiresAt = expiresAt;
        this.mostFiles = mostFiles;
    }

    /** The value of the {@code Authorization} header. Only the HTTP client's interceptor may call this. */
    public String authorizationHeader() {
        return "Bearer " + value;
    }

    /** By Cloudflare's clock. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** So many files a deployment may hold. */
    public int mostFiles() {
        return mostFiles;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UploadPass pass
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.US_ASCII), pass.value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "UploadPass[redacted]";
    }
}
