package io.maildomain.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The real kubectl, used as people use it: by lines in a shell. Writes down what was typed and what it said. */
final class Kubectl {

    private static final String STAND_IN =
            "tools/kube-api has no real kubectl, only its stand-in: install Go or kubectl, and run it again";

    private final Path folder;
    private final Path transcript;
    private final String searchPath;
    private final Path kubeconfig;

    /** What came of a line. */
    record Result(int exitCode, String output) {}

    /**
     * @param folder where the lines are run; kubectl keeps its cache there, too
     * @param transcript is begun anew
     */
    Kubectl(Path program, Path kubeconfig, Path folder, Path transcript) throws IOException {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.transcript = transcript;
        this.searchPath = program.getParent() + ":" + System.getenv("PATH");
        Files.createDirectories(transcript.getParent());
        Files.writeString(transcript, "");
        if (run("kubectl version --client").exitCode() != 0) {
            throw new HarnessException(STAND_IN);
        }
    }

    Result run(String line) {
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("PATH", searchPath);
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            Files.writeString(transcript, "$ " + line + "\n" + output + "\n", StandardOpenOption.APPEND);
            return new Result(exitCode, output);
        } catch (IOException e) {
            throw new HarnessException("bash cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while running " + line, e);
        }
    }
}
