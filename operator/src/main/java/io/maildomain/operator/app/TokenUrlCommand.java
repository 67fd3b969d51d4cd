package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.credentials.Surface;
import java.io.PrintWriter;
import java.net.URI;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints where a token with exactly the rights of a surface is made. Asks nothing of Cloudflare and knows no token. */
@Command(
        name = "token-url",
        description =
                "Print the address of Cloudflare's page for a new token, with exactly the rights filled in that the operator needs.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        footer = {
            "",
            "On that page, choose the zones (all zones of the account, if zones are to be created) and create the token.",
            "A token's rights are only filled in when it is made: one that lacks a right is edited by hand, or replaced."
        })
final class TokenUrlCommand implements Runnable {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--surface",
            defaultValue = "runtime",
            paramLabel = "runtime|deploy",
            description = "What the token is for: the operator's daily work, or deploying.")
    private SurfaceChoice surface;

    @Option(
            names = "--owner",
            defaultValue = "user",
            paramLabel = "user|account",
            description = "Whose token it becomes: yours, or the account's, which outlives its users.")
    private Owner owner;

    /** What the token is for. */
    enum SurfaceChoice {
        runtime(Surface.RUNTIME),
        deploy(Surface.DEPLOY);

        private final Surface surface;

        SurfaceChoice(Surface surface) {
            this.surface = surface;
        }
    }

    /** Whose token it becomes. */
    enum Owner {
        user,
        account
    }

    /** The address by itself on the standard output, for scripts; what it asks for on the other one. */
    @Override
    public void run() {
        URI page = owner == Owner.user ? TokenPage.ofUser(surface.surface) : TokenPage.ofAccount(surface.surface);
        PrintWriter err = command.commandLine().getErr();
        err.println(Permission.of(surface.surface).stream()
                .map(Permission::describe)
                .collect(Collectors.joining(" · ", "A token with: ", "")));
        err.flush();
        PrintWriter out = command.commandLine().getOut();
        out.println(page);
        out.flush();
    }
}
