package io.maildomain.harness.image;

import io.maildomain.harness.HarnessException;
import io.maildomain.harness.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What Linux says of a running container's process.
 *
 * @param pid its number outside of the container
 */
record ContainerProcess(long pid) {

    private static final double KIBI = 1024;

    /** Memory that it really has, in MiB. */
    double residentMebibytes() {
        return Long.parseLong(status("VmRSS").split("\\s+")[0]) / KIBI;
    }

    /** The part of it that no file backs, so that no other process shares it and the kernel cannot take it back; in MiB. */
    double ownMebibytes() {
        return Long.parseLong(status("RssAnon").split("\\s+")[0]) / KIBI;
    }

    /** The uid that it runs as. */
    String user() {
        return status("Uid").split("\\s+")[0];
    }

    /** Its capabilities, as the kernel prints them. */
    String capabilities() {
        return status("CapEff");
    }

    /** Whether it has mapped this file of the image. */
    boolean hasMapped(String file) {
        return lines("maps").stream().anyMatch(line -> line.endsWith(file));
    }

    /** How its mount point is mounted, such as {@code ro,relatime}; the last one counts. */
    String mountedAs(String point) {
        return lines("mounts").stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[1].equals(point))
                .map(fields -> fields[3])
                .reduce((first, second) -> second)
                .orElseThrow(() -> new HarnessException("nothing is mounted at " + point));
    }

    /** All that it has used of processors. */
    Duration processorTime() {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** Waits until it has used next to nothing of a processor for a while. */
    void awaitIdle() {
        Duration[] last = {processorTime(), Duration.ZERO};
        long[] since = {System.nanoTime()};
        Waiting.until(Duration.ofSeconds(20), () -> {
            if (System.nanoTime() - since[0] < Duration.ofSeconds(2).toNanos()) {
                return false;
            }
            Duration now = processorTime();
            boolean idle = now.minus(last[0]).toMillis() < 60;
            last[0] = now;
            since[0] = System.nanoTime();
            return idle;
        });
    }

    private String status(String field) {
        return lines("status").stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new HarnessException("no " + field + " of process " + pid));
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            throw new HarnessException("nothing is known of process " + pid + ": " + e.getMessage(), e);
        }
    }
}
