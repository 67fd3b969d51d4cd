package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Consumer;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What comes from a host, on its way to what unpacks it: counted, digested, and a failure of the connection told from one of the content.
 */
final class Unpacking extends FilterInputStream {

    private static final int PART = 8192;

    private final SourceLimits limits;
    private final Pull pull;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private long count;

    Unpacking(InputStream body, SourceLimits limits, Pull pull) {
        super(body);
        this.pull = pull;
        this.limits = limits;
    }

    /**
     * All of it.
     *
     * @throws SourceException where {@code into} throws it, or the bytes are others than the digest names, whatever else is wrong with them
     */
    void into(Consumer<InputStream> into, String expected) {
        try {
            into.accept(this);
        } catch (SourceException e) {
            if (e.problem() == Problem.MALFORMED || e.problem() == Problem.UNSAFE) {
                end(expected);
            }
            throw e;
        }
        end(expected);
    }

    private void end(String expected) {
        byte[] rest = new byte[PART];
        while (read(rest, 0, PART) >= 0) {
            // Behind the end of an archive there is padding.
        }
        if (!expected.equals("sha256:" + Hex.encodeHexString(digest.digest()))) {
            throw new SourceException(Problem.WRONG_DIGEST, "what was fetched is not what its digest names");
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int read;
        try {
            read = in.read(into, offset, length);
        } catch (IOException e) {
            throw new SourceException(Problem.UNAVAILABLE, "the host breaks off while it is read", e);
        }
        if (read > 0) {
            count += read;
            if (count > limits.bytes()) {
                throw limits.tooManyBytes();
            }
            pull.took(read);
            digest.update(into, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) {
        byte[] skipped = new byte[(int) Math.min(Math.max(bytes, 0), PART)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The body is its owner's to close. */
    @Override
    public void close() {}
}
