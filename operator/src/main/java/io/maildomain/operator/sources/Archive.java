package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads {@code .tar.gz}: files and folders, nothing else. Layers of an image are read one over the other, as OCI's image
 * specification has it: {@code .wh.NAME} takes a file or folder away.
 */
final class Archive {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = WHITEOUT + WHITEOUT + ".opq";

    /** Headers and padding beside the content: a kibibyte and a half a file, and folders. Of all layers together. */
    private static final int OVERHEAD = 4096;

    /** What an archive unpacks to: all that is not a file that is kept counts as well, since a header may be as long as it likes. */
    private final class Plain extends FilterInputStream {

        private final long before = bytes;
        private final long besideBefore = beside;
        private long count;

        private Plain(InputStream unpacked) {
            super(unpacked);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        @Override
        public long skip(long wanted) throws IOException {
            byte[] skipped = new byte[(int) Math.min(Math.max(wanted, 0), OVERHEAD)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        private int counted(int more, int result) {
            count += more;
            beside = besideBefore + Math.max(0, count - (bytes - before));
            if (beside > (long) limits.files() * OVERHEAD) {
                throw limits.tooManyBytes();
            }
            return result;
        }
    }

    private final SourceLimits limits;
    private final Map<String, FileContent> files = new TreeMap<>();
    private long bytes;
    /** What was unpacked besides. */
    private long beside;

    Archive(SourceLimits limits) {
        this.limits = limits;
    }

    /** What was read so far, by path. */
    Map<String, FileContent> files() {
        return Map.copyOf(files);
    }

    /** Adds one file that is in no archive. */
    void put(String path, FileContent content) {
        take(content.size());
        add(Bundle.safe(path), content, files);
    }

    /**
     * The same, read to its end.
     *
     * @param size in bytes, as it was announced
     * @throws SourceException where it has another size, or is more than may be read
     */
    void put(String path, InputStream content, long size) {
        take(size);
        try {
            byte[] bytes = exactly(content, (int) size);
            if (content.read() >= 0) {
                throw new EOFException("more");
            }
            add(Bundle.safe(path), FileContent.owning(bytes), files);
        } catch (IOException e) {
            throw new SourceException(Problem.MALFORMED, "a file of the source has another size than it says", e);
        }
    }

    /** Into an array of that size, and nothing else: a stream that is gathered piece by piece takes twice the memory. */
    private static byte[] exactly(InputStream content, int size) throws IOException {
        byte[] bytes = new byte[size];
        if (content.readNBytes(bytes, 0, size) < size) {
            throw new EOFException("less");
        }
        return bytes;
    }

    /** There is room for so many more bytes, before they are read. */
    private void take(long size) {
        if (size < 0 || size > limits.bytes() - bytes) {
            throw limits.tooManyBytes();
        }
        bytes += size;
    }

    /**
     * Lays what is in an archive over what was read before.
     *
     * @throws SourceException where it holds more than may be read, or what is neither file nor folder
     */
    void add(InputStream tarGz) {
        Map<String, FileContent> layer = new TreeMap<>();
        try (InputStream plain = new Plain(new GZIPInputStream(tarGz));
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                add(entry, tar, layer);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SourceException(Problem.MALFORMED, "the source is no .tar.gz archive", e);
        }
        files.putAll(layer);
        if (files.size() > limits.files()) {
            throw limits.tooManyFiles();
        }
    }

    private void add(TarArchiveEntry entry, TarArchiveInputStream tar, Map<String, FileContent> layer)
            throws IOException {
        if (entry.isDirectory()) {
            return;
        }
        // By the flag: to the library all that is no folder is a file, also a device.
        boolean plain = entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
        if (!plain || entry.isSparse()) {
            throw new SourceException(Problem.UNSAFE, "the source holds a link or a device; only files are deployed");
        }
        String path = Bundle.safe(entry.getName());
        int slash = path.lastIndexOf('/') + 1;
        String folder = path.substring(0, slash);
        String name = path.substring(slash);
        if (name.equals(OPAQUE)) {
            files.keySet().removeIf(file -> file.startsWith(folder));
        } else if (name.startsWith(WHITEOUT)) {
            String gone = folder + name.substring(WHITEOUT.length());
            files.keySet().removeIf(file -> file.equals(gone) || file.startsWith(gone + "/"));
        } else {
            take(entry.getSize());
            add(path, FileContent.owning(exactly(tar, (int) entry.getSize())), layer);
        }
    }

    private void add(String path, FileContent content, Map<String, FileContent> layer) {
        if (layer.size() >= limits.files()) {
            throw limits.tooManyFiles();
        }
        if (path.isEmpty() || layer.put(path, content) != null) {
            throw new SourceException(Problem.UNSAFE, "the source holds two files of one name");
        }
    }
}
