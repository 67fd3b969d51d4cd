package io.maildomain.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a JVM knows of a jar's classes once it has run (class data sharing), in a file beside the jar: the next one need not read
 * and check them again, which is a third of what it costs to start the operator. A JVM does without an archive that is not of
 * this very jar and this very Java.
 *
 * @param file the archive; null where there is to be none
 * @param part where the process writes one when it ends in good order; null where it has one, or none is wanted
 */
record ClassArchive(Path file, Path part) {

    /** Set where many processes are started: then the first one that ends in good order leaves an archive. */
    static final String PROPERTY = "maildomain.class.archives";

    /** For a process that neither has nor leaves one. */
    static final ClassArchive NONE = new ClassArchive(null, null);

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** For one process that is about to run the jar. */
    static ClassArchive of(Path jar) {
        Path file = jar.resolveSibling(jar.getFileName() + ".jsa");
        boolean leaves = Boolean.getBoolean(PROPERTY) && !isOf(file, jar);
        String own = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new ClassArchive(file, leaves ? jar.resolveSibling(jar.getFileName() + "." + own + ".part") : null);
    }

    private static boolean isOf(Path file, Path jar) {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Options of the process's JVM. One that cannot use the archive would say so in the program's log. */
    List<String> options() {
        String option = isLeft() ? "-XX:ArchiveClassesAtExit=" + part : "-XX:SharedArchiveFile=" + file;
        return isLeft() || Files.exists(file) ? List.of(option, "-Xlog:disable", "-Xlog:all=error") : List.of();
    }

    /** Whether the process leaves one. */
    boolean isLeft() {
        return part != null;
    }

    /**
     * The process has ended in good order: what it left is for those that come.
     *
     * @throws HarnessException if it cannot be moved there
     */
    void keep() {
        try {
            if (isLeft() && Files.exists(part)) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new HarnessException("cannot keep the class archive " + part + ": " + e.getMessage(), e);
        }
    }
}
