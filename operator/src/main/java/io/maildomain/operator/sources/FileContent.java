package io.maildomain.operator.sources;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one file, which nothing changes any more. Two are equal if their bytes are. */
public final class FileContent {

    private final byte[] bytes;

    private FileContent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of a copy of these bytes. */
    public static FileContent of(byte[] bytes) {
        return owning(bytes.clone());
    }

    /** Of these bytes, which the caller gives away. */
    static FileContent owning(byte[] bytes) {
        return new FileContent(bytes);
    }

    /** Of these characters in UTF-8. */
    public static FileContent of(String text) {
        return new FileContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /** In bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes themselves, to be sent and not to be changed: a copy of what all tenants deploy would have no room. */
    public byte[] shared() {
        return bytes;
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /**
     * As text in UTF-8.
     *
     * @throws SourceException where it is none
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SourceException(SourceException.Problem.MALFORMED, "a file that must be text is not UTF-8", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Says how much it is, and nothing of what it is. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
