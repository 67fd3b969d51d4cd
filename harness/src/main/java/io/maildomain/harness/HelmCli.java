package io.maildomain.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real helm, as people use it.
 *
 * @param program from {@code tools/go-program}
 * @param kubeconfig of the cluster that it installs to
 * @param home where it keeps its cache
 */
public record HelmCli(Path program, Path kubeconfig, Path home) {

    /** @throws HarnessException if there is no helm and none can be built; the script has said why */
    public static HelmCli find(Checkout checkout, Path kubeconfig, Path home) {
        return new HelmCli(GoProgram.find(checkout, "helm"), kubeconfig, home);
    }

    /** Runs {@code helm ARGUMENTS…}; its output is standard output and standard error. */
    public GoProgram.Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", home.toString());
        return GoProgram.run(builder, GoProgram.LIMIT);
    }
}
