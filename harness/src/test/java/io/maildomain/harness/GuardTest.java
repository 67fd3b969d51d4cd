package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

    @TempDir
    Path folder;

    @Test
    void aProgramEndsWhenTheOneWhoStartedItIsKilled() throws Exception {
        Process parent = start("\"$0\" $$ sleep 600 & echo $!; wait");
        ProcessHandle guarded = printedProcess(parent);
        assertThat(guarded.isAlive()).isTrue();

        parent.destroyForcibly();

        awaitEnd(guarded);
    }

    @Test
    void aProgramThatDoesNotListenEndsAllTheSame() throws Exception {
        Process parent = start("\"$0\" $$ sh -c 'trap \"\" TERM; while :; do sleep 1; done' & echo $!; wait");
        ProcessHandle guarded = printedProcess(parent);

        parent.destroyForcibly();

        awaitEnd(guarded);
    }

    @Test
    void aProgramKeepsItsExitCode() throws Exception {
        assertThat(start("exec \"$0\" $$ sh -c 'exit 7'").waitFor()).isEqualTo(7);
    }

    private Process start(String script) throws IOException {
        Path guard = Resources.writeProgram("guard.sh", folder.resolve("guard"));
        return new ProcessBuilder("sh", "-c", script, guard.toString()).start();
    }

    private static ProcessHandle printedProcess(Process parent) throws IOException {
        BufferedReader printed =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.US_ASCII));
        return ProcessHandle.of(Long.parseLong(printed.readLine())).orElseThrow();
    }

    private static void awaitEnd(ProcessHandle process) throws Exception {
        try {
            process.onExit().get(15, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            fail("it is still there");
        }
    }
}
