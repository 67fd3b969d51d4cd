package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okio.Buffer;

/**
 * The files of a deployment.
 *
 * @param digest that names them, {@code sha256:…}
 * @param files by path, with slashes and without a leading one
 */
public record Bundle(String digest, SortedMap<String, FileContent> files) {

    private static final int LONGEST_PATH = 512;
    private static final Pattern SLASH = Pattern.compile("/");

    public Bundle {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * Files that lie side by side, as those of a ConfigMap do. Their digest is over names and contents, in the order of the names.
     *
     * @param files content by name
     * @throws SourceException where a name is no path, or they are more or larger than is read
     */
    public static Bundle of(Map<String, byte[]> files, SourceLimits limits) {
        Archive archive = new Archive(limits);
        Buffer digested = new Buffer();
        new TreeMap<>(files).forEach((name, content) -> {
            archive.put(name, FileContent.of(content));
            digested.writeUtf8(name.length() + ":" + name + content.length + ":")
                    .write(content);
        });
        return new Bundle(SourceClient.digestOf(digested.readByteString()), new TreeMap<>(archive.files()));
    }

    /** All of it, in bytes. */
    public long size() {
        return files.values().stream().mapToLong(FileContent::size).sum();
    }

    /** @param path as {@link #files()} has it */
    public Optional<FileContent> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /**
     * What is in a folder, by paths from there.
     *
     * @param folder empty: all
     * @throws SourceException where the folder has no file, or its name leads out of the source
     */
    public Bundle below(String folder) {
        String path = safe(folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder);
        if (path.isEmpty()) {
            return this;
        }
        SortedMap<String, FileContent> inside = new TreeMap<>();
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            if (file.getKey().startsWith(path + "/")) {
                inside.put(file.getKey().substring(path.length() + 1), file.getValue());
            }
        }
        if (inside.isEmpty()) {
            throw new SourceException(Problem.NOT_FOUND, "the source has no folder \"%s\"".formatted(path));
        }
        return new Bundle(digest, inside);
    }

    /**
     * The path of a file inside a source.
     *
     * @return without {@code ./} at its beginning
     * @throws SourceException where it leads somewhere else
     */
    static String safe(String path) {
        String relative = path.startsWith("./") ? path.substring(2) : path;
        boolean odd = relative.length() > LONGEST_PATH
                || relative.startsWith("/")
                || relative.endsWith("/")
                || relative.indexOf('\\') >= 0
                || relative.chars().anyMatch(Character::isISOControl)
                || SLASH.splitAsStream(relative).anyMatch(part -> part.equals("..") || part.equals("."));
        boolean empty = !relative.isEmpty() && SLASH.splitAsStream(relative).anyMatch(String::isEmpty);
        if (odd || empty) {
            throw new SourceException(Problem.UNSAFE, "a path in the source leads out of it, or is none");
        }
        return relative;
    }
}
