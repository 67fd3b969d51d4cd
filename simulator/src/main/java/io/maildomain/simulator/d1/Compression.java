package io.maildomain.simulator.d1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Databases are mostly blanks. */
final class Compression {

    /** As large as a database may become, and some. */
    private static final int MOST = 40 << 20;

    private Compression() {}

    static byte[] deflated(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException where it is no compressed database */
    static byte[] inflated(byte[] compressed) {
        if (compressed.length == 0) {
            return compressed;
        }
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return in.readNBytes(MOST);
        } catch (IOException e) {
            throw new IllegalArgumentException("a database's content is no compressed SQLite file", e);
        }
    }
}
