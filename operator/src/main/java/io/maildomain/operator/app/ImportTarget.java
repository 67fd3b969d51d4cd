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

    void write(String file, String content);

    /** One after another to the standard output. */
    record Printed(PrintWriter out) implements ImportTarget {

        @Override
        public boolean has(String file) {
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

        /** All of it or nothing: a run that is broken off leaves no half file that the next one would skip. */
        @Override
        public void write(String file, String content) {
            try {
                Path half = Files.writeString(path.resolve("." + file + ".part"), content, StandardCharsets.UTF_8);
                Files.move(half, path.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException refused) {
                throw new StartFailure(path.resolve(file) + " cannot be written", refused);
            }
        }
    }
}
