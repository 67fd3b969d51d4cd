package io.maildomain.operator.app;

import io.maildomain.operator.config.Environment;
import io.maildomain.operator.controller.offline.ManifestText;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code java -jar mail-domain-operator.jar VERB}. Exit codes: 0 done, 1 it did not work, 2 it was asked wrongly. */
@Command(
        name = Main.NAME,
        description = "Makes mail domains on Cloudflare Email Routing declarative.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        synopsisSubcommandLabel = "VERB")
public final class Main implements Runnable {

    static final String NAME = "mail-domain-operator";

    /** What people typed to get here, for help and messages: {@code tools/kubectl-maildomain} says {@code kubectl maildomain}. */
    private static final String TYPED = "maildomain.program";

    @Spec
    private CommandSpec command;

    private Main() {}

    /** Ends the JVM, except for {@code run}, which ends by a signal. */
    public static void main(String[] arguments) {
        System.exit(execute(
                commandLine(OperatorAssembly::new, System::getenv, isWatched())
                        .setCommandName(System.getProperty(TYPED, NAME)),
                StandardStream.OUT.writer(),
                StandardStream.ERR.writer(),
                arguments));
    }

    /** Whether a line on the standard error can be written over: not in an editor's shell. */
    private static boolean isWatched() {
        return StandardStream.ERR.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** With the exit code of a verb that failed where not all that it printed could be written: no answer is better than half of one. */
    static int execute(CommandLine line, PrintWriter out, PrintWriter err, String... arguments) {
        line.setOut(out).setErr(err);
        int code = line.execute(arguments);
        if (!out.checkError()) {
            return code;
        }
        err.println("error: what was printed could not be written to the standard output");
        err.flush();
        ParseResult parsed = line.getParseResult();
        CommandSpec verb =
                parsed != null && parsed.hasSubcommand() ? parsed.subcommand().commandSpec() : line.getCommandSpec();
        return verb.exitCodeOnExecutionException();
    }

    /** The whole command line, with its surroundings given. */
    static CommandLine commandLine(OperatorRuntime.Factory factory, UnaryOperator<String> environment) {
        return commandLine(factory, environment, false);
    }

    /** @param watched whether a person may watch the progress of a verb */
    static CommandLine commandLine(
            OperatorRuntime.Factory factory, UnaryOperator<String> environment, boolean watched) {
        Environment variables = new Environment(environment);
        return new CommandLine(new Main())
                .addSubcommand(new RunCommand(factory))
                .addSubcommand(new CheckTokensCommand())
                .addSubcommand(new ImportCommand(environment, watched))
                .addSubcommand(new PlanCommand(environment, watched))
                .addSubcommand(new TokenUrlCommand())
                .addSubcommand(new TraceCommand(environment))
                .addSubcommand(new CheckUninstallCommand())
                .addSubcommand(new VersionCommand())
                .setDefaultValueProvider(variables)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((wrong, arguments) -> explain(wrong, arguments, variables))
                .setExecutionExceptionHandler((failure, line, result) -> explain(failure, line));
    }

    @Override
    public void run() {
        throw new ParameterException(
                command.commandLine(),
                "Missing verb: run, check-tokens, import, plan, token-url, trace, check-uninstall or version");
    }

    private static int explain(ParameterException wrong, String[] arguments, Environment variables) {
        CommandLine line = wrong.getCommandLine();
        Optional<String> source = Optional.ofNullable(wrong.getArgSpec())
                .filter(flag -> !isGiven(flag, arguments))
                .flatMap(variables::source);
        PrintWriter err = line.getErr();
        err.println(oneLine(wrong.getMessage())
                + source.map(name -> " (from " + name + ")").orElse("")
                + ". See " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int explain(Exception failure, CommandLine line) {
        PrintWriter err = line.getErr();
        err.println("error: " + oneLine(failure instanceof StartFailure ? failure.getMessage() : failure.toString()));
        if (LoggerFactory.getLogger(Main.class).isDebugEnabled()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    private static boolean isGiven(ArgSpec flag, String[] arguments) {
        return flag instanceof OptionSpec option
                && Arrays.stream(arguments)
                        .map(argument -> argument.replaceFirst("=.*", ""))
                        .anyMatch(option.longestName()::equals);
    }

    /** Names of files and words of others may be in it. */
    private static String oneLine(@Nullable String text) {
        return ManifestText.plain(
                String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", ""));
    }
}
