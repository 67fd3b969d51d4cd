package io.maildomain.operator.sources;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import okio.ByteString;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes archives, good and bad ones. */
final class Tar {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    Tar() {
        try {
            tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Tar file(String path, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(text.length);
        return entry(entry, text);
    }

    Tar folder(String path) {
        return entry(new TarArchiveEntry(path + "/", true), new byte[0]);
    }

    /** @param type as {@code TarConstants.LF_…} */
    Tar link(String path, byte type, String to) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setLinkName(to);
        return entry(entry, new byte[0]);
    }

    private Tar entry(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ByteString gz() {
        try {
            tar.close();
            return ByteString.of(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
