package io.maildomain.operator.cloudflare.deploy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.Blake3;

/**
 * One file of a site, as it is uploaded to Pages: by a key that follows from what it holds and from the end of its name. Its text does
 * not show the content, which is not copied.
 *
 * @param key 32 hexadecimal digits
 * @param contentType as Pages is to serve it
 */
public record SiteFile(String key, String contentType, byte[] content) {
    private static final int KEY_BYTES = 16;

    /** What base64 makes of parts of a multiple of three bytes is what it makes of the whole, which may be 25 MiB. */
    private static final int PART = 48 << 10;

    /** @param path of the file within the site */
    public static SiteFile of(String path, String contentType, byte[] content) {
        return new SiteFile(key(path, content), contentType, content);
    }

    /** The key of a file as wrangler makes it: half of BLAKE3 over the content in base64 and the extension of the name. */
    public static String key(String path, byte[] content) {
        Blake3 hash = Blake3.initHash();
        for (int from = 0; from < content.length; from += PART) {
            byte[] part = Arrays.copyOfRange(content, from, Math.min(from + PART, content.length));
            hash.update(Base64.getEncoder().encode(part));
        }
        byte[] key = hash.update(FileNames.extension(path).getBytes(StandardCharsets.UTF_8))
                .doFinalize(KEY_BYTES);
        return Hex.encodeHexString(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SiteFile file && key.equals(file.key) && contentType.equals(file.contentType);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "SiteFile[%s, %s, %d bytes]".formatted(key, contentType, content.length);
    }
}
