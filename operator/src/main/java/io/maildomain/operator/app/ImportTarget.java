package io.maildomain.operator.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where manifests go. */
sealed interface ImportTarget {

    /** Whether an earlier run wrote it, and it is to stay. */
    boolean has(String file);

    /** Whether a file of that name is there that is about something else than this domain. */
    boolean isTaken(String file, String domain);

    /** Whether the file has this content, to the letter. */
    boolean says(String file, String content);

    void write(String file, String content);

    /** One after another to the standard output. */
    record Printed(PrintWriter out) implements ImportTarget {

        @Override
        public boolean has(String file) {
            return false;
        }

        @Override
        public boolean isTaken(String file, String domain) {
            return false;
        }

        @Override
        public boolean says(String file, String content) {
            return false;
        }

        @Override
        public void write(String file, String content) {
            out.print(content);
            out.flush();
        }
    }

    /**
     * To a file each.
     *
     * @param overwrite whether a file that is there is written anew
     */
    record Folder(Path path, boolean overwrite) implements ImportTarget {

        public Folder {
            try {
                Files.createDirectories(path);
            } catch (IOException impossible) {
                throw new StartFailure(path + " is no folder that can be written to: name another one", impossible);
            }
        }

        @Override
        public boolean has(String file) {
            return !overwrite && Files.exists(path.resolve(file));
        }

        @Override
        public boolean isTaken(String file, String domain) {
            Path there = path.resolve(file);
            return Files.exists(there) && !ManifestFiles.isAbout(there, domain);
        }

        @Override
        public boolean says(String file, String content) {
            try {
                return Files.readString(path.resolve(file)).equals(content);
            } catch (IOException unreadable) {
                return false;
            }
        }

        /** All of it or nothing: a run that is broken off leaves no half file that the next one would skip. */
        @Override
        public void write(String file, String content) {
            Path half = path.resolve("." + file + ".part");
            try {
                Files.writeString(half, content, StandardCharsets.UTF_8);
                Files.move(half, path.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException refused) {
                discard(half);
                throw new StartFailure(path.resolve(file) + " cannot be written", refused);
            }
        }

        private static void discard(Path half) {
            try {
                Files.deleteIfExists(half);
            } catch (IOException hidden) {
                // It is hidden, and the next run writes over it.
            }
        }
    }
}
