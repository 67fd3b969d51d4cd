package io.maildomain.operator.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a verb that people run by hand finds its tokens. */
final class TokenOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--secret-dir",
            paramLabel = "DIR",
            description = "A folder with a file for each key, as a Secret is mounted into a pod.")
    private @Nullable Path secretDir;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "A CloudflareAccount whose Secrets are read from the cluster.")
    private @Nullable String account;

    /** @throws ParameterException where both are given */
    void refuseContradictions() {
        if (secretDir != null && account != null) {
            throw new ParameterException(command.commandLine(), "--secret-dir and --account exclude each other");
        }
    }

    /** @param variables the value of an environment variable, or null: they hold the tokens where neither is given */
    TokenSource orEnvironment(UnaryOperator<String> variables) {
        return given().orElseGet(() -> TokenSource.ofEnvironment(variables));
    }

    /** @param name of the account whose tokens it is where neither is given */
    TokenSource orAccount(String name) {
        return given().orElseGet(() -> TokenSource.ofAccount(name));
    }

    private Optional<TokenSource> given() {
        return secretDir == null
                ? Optional.ofNullable(account).map(TokenSource::ofAccount)
                : Optional.of(TokenSource.ofFolder(secretDir));
    }

    /** Whether they come from a cluster. */
    boolean isOfCluster() {
        return account != null;
    }
}
