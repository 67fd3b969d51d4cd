package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.controller.account.CheckedSurface;
import io.maildomain.operator.controller.account.TokenCheck;
import io.maildomain.operator.controller.offline.ManifestText;
import io.maildomain.operator.credentials.Surface;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Probes tokens and says which rights they have. Exit codes: 0 all there, 1 something is missing, 2 it could not be checked. */
@Command(
        name = "check-tokens",
        description = "Check with harmless reads which rights the tokens of an account, or of a folder, have.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        exitCodeOnExecutionException = CheckTokensCommand.UNCHECKED,
        footer = {
            "",
            "Without --secret-dir and --account the account is the one called default.",
            "Exit codes: 0 every right is there, 1 a right or a token is missing, 2 it could not be checked.",
            "A read proves no write: a right that can be read with may still lack Edit."
        })
final class CheckTokensCommand implements Callable<Integer> {

    private static final int COMPLETE = 0;
    private static final int LACKING = 1;
    static final int UNCHECKED = 2;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--surface",
            defaultValue = "all",
            paramLabel = "runtime|deploy|all",
            description = "What is checked. With all, a missing deploy token is no fault.")
    private SurfaceChoice surface;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "table|json",
            description = "How it is printed.")
    private Output output;

    @Mixin
    private final TokenOptions tokens = new TokenOptions();

    @Mixin
    private final CloudflareOptions cloudflare = new CloudflareOptions();

    /** Which surfaces are checked. */
    enum SurfaceChoice {
        runtime,
        deploy,
        all;

        Set<Surface> surfaces() {
            return switch (this) {
                case runtime -> EnumSet.of(Surface.RUNTIME);
                case deploy -> EnumSet.of(Surface.DEPLOY);
                case all -> EnumSet.allOf(Surface.class);
            };
        }
    }

    /** How it is printed. */
    enum Output {
        table,
        json
    }

    @Override
    public Integer call() {
        tokens.refuseContradictions();
        try {
            return check(tokens.orAccount("default"));
        } catch (StartFailure failure) {
            PrintWriter err = command.commandLine().getErr();
            err.println(ManifestText.plain("error: " + failure.getMessage()));
            err.flush();
            return UNCHECKED;
        }
    }

    private int check(TokenSource source) {
        try (CloudflareClients clients = ApiClient.ofVerb(cloudflare)) {
            String accountId = source.knownAccountId();
            List<CheckedSurface> checked =
                    new TokenCheck(clients, accountId).check(source.runtime(), source.deploy(), surface.surfaces());
            new CheckedTokens(checked, accountId).print(command.commandLine().getOut(), output);
            return exitCode(checked);
        }
    }

    private static int exitCode(List<CheckedSurface> checked) {
        if (checked.stream().anyMatch(found -> found.outcome() == CheckedSurface.Outcome.LACKING)) {
            return LACKING;
        }
        boolean unchecked = checked.stream().anyMatch(found -> found.outcome() == CheckedSurface.Outcome.UNCHECKED);
        return unchecked ? UNCHECKED : COMPLETE;
    }
}
