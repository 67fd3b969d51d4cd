package io.maildomain.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The real kubectl, used as people use it: by lines in a shell, beside helm where that was asked for. Writes down what was
 * typed and what it said.
 */
public final class Kubectl {

    private static final String STAND_IN =
            "tools/kube-api has no real kubectl, only its stand-in: install Go or kubectl, and run it again";

    private final Path folder;
    private final Path transcript;
    private final String searchPath;
    private final Map<String, String> environment;

    /** What came of a line. */
    public record Result(int exitCode, String output) {}

    private Kubectl(Path folder, Path transcript, String searchPath, Map<String, String> environment) {
        this.folder = folder;
        this.transcript = transcript;
        this.searchPath = searchPath;
        this.environment = environment;
    }

    /**
     * Finds it, and begins the transcript anew.
     *
     * @param folder where the lines are run; kubectl keeps its cache there, too
     * @throws HarnessException if there is only its stand-in
     */
    public static Kubectl find(Checkout checkout, Path kubeconfig, Path folder, Path transcript) {
        Path program = KubeAssets.find(checkout).program("kubectl");
        Kubectl kubectl = new Kubectl(
                folder,
                transcript,
                program.getParent() + ":" + System.getenv("PATH"),
                Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", folder.toString()));
        try {
            Files.createDirectories(transcript.toAbsolutePath().getParent());
            Files.writeString(transcript, "");
        } catch (IOException e) {
            throw new HarnessException("no transcript can be written to " + transcript + ": " + e.getMessage(), e);
        }
        if (kubectl.run("kubectl version --client").exitCode() != 0) {
            throw new HarnessException(STAND_IN);
        }
        return kubectl;
    }

    /** The same shell with helm on its search path. */
    public Kubectl with(HelmCli helm) {
        return new Kubectl(folder, transcript, helm.program().getParent() + ":" + searchPath, environment);
    }

    /**
     * Runs a line of bash.
     *
     * @throws HarnessException if there is no bash
     */
    public Result run(String line) {
        return run(line, Map.of());
    }

    /**
     * Runs a line of bash.
     *
     * @param variables further ones; their values are not written down
     * @throws HarnessException if there is no bash
     */
    public Result run(String line, Map<String, String> variables) {
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("PATH", searchPath);
            builder.environment().putAll(environment);
            builder.environment().putAll(variables);
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
