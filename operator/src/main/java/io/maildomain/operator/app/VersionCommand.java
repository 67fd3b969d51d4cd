package io.maildomain.operator.app;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which version this is, and on what it runs. */
@Command(
        name = "version",
        description = "Print the version of the operator and of the JDK.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        for (String line : new ProductVersion().getVersion()) {
            out.println(line);
        }
        out.flush();
    }
}
