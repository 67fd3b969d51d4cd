package io.maildomain.operator.cloudflare.deploy;

/** The names of files as Node's {@code path.extname} takes them apart, which wrangler uses. */
final class FileNames {
    private FileNames() {}

    /** What stands behind the last dot of the last part of a path; "" where that begins with its only dot, or has none. */
    static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1);
    }
}
