package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.offline.ManifestText;
import io.maildomain.operator.trace.Tracer;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.MailTrace;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says where mail to an address goes, and why. Exit codes: 0 an address or a Worker gets it, 1 none does or something is wrong, 2 it could not be found out. */
@Command(
        name = "trace",
        description =
                "Follow mail to an address, from public DNS to the rule that decides: where it goes, and which resource says so.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        exitCodeOnExecutionException = TraceCommand.NOT_FOUND_OUT,
        footer = {
            "",
            "The token is read from CLOUDFLARE_RUNTIME_API_TOKEN or CLOUDFLARE_API_TOKEN, unless --secret-dir or --account says"
                    + " otherwise. With --account, what the MailDomains of the cluster say is part of the trace.",
            "Exit codes: 0 an address or a Worker gets the mail, 1 it does not, or something on the way is wrong, 2 it could not be found out.",
            "Nothing is sent and nothing is written."
        })
final class TraceCommand implements Callable<Integer> {

    private static final int ARRIVES = 0;
    private static final int DOES_NOT_ARRIVE = 1;
    static final int NOT_FOUND_OUT = 2;
    private static final String ROW = "%-8s %-14s %s";

    private final UnaryOperator<String> environment;

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "ADDRESS", description = "Such as shop+orders@example.com.")
    private String given;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "How it is printed.")
    private Output output;

    @Mixin
    private final TokenOptions tokens = new TokenOptions();

    @Mixin
    private final CloudflareOptions cloudflare = new CloudflareOptions();

    /** How it is printed. */
    enum Output {
        text,
        json
    }

    /** The JSON form. */
    @JsonPropertyOrder({"address", "arrives", "destiny", "ruleId", "hops"})
    record Document(String address, String arrives, String destiny, String ruleId, List<Hop> hops) {}

    /** @param environment the value of a variable, or null */
    TraceCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        tokens.refuseContradictions();
        String address = Tracer.address(given)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "\"" + given + "\" is no address: write it as name@domain"));
        try {
            return traced(address, tokens.orEnvironment(environment));
        } catch (StartFailure failure) {
            return notFoundOut(String.valueOf(failure.getMessage()));
        }
    }

    private int traced(String address, TokenSource source) {
        try (OfflineClient client = new OfflineClient(source, cloudflare, this::say);
                RuleStates states = tokens.isOfCluster() ? RuleStates.ofCluster() : RuleStates.none()) {
            try {
                MailTrace trace = client.tracer(states::of).trace(address);
                print(trace);
                return switch (trace.arrives()) {
                    case YES -> ARRIVES;
                    case NO -> DOES_NOT_ARRIVE;
                    case UNKNOWN -> NOT_FOUND_OUT;
                };
            } catch (CloudflareException failure) {
                return notFoundOut(client.explain(failure, DesiredState.hostOf(address)));
            }
        }
    }

    private int notFoundOut(String why) {
        say("error: " + why);
        return NOT_FOUND_OUT;
    }

    private void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(ManifestText.plain(line));
        err.flush();
    }

    private void print(MailTrace trace) {
        PrintWriter out = command.commandLine().getOut();
        if (output == Output.json) {
            out.println(JsonOutput.of(document(trace)));
        } else {
            trace.hops().forEach(hop -> out.println(row(hop)));
            out.println();
            out.println(ManifestText.plain("mail to " + trace.address() + ": " + trace.sentence()));
        }
        out.flush();
    }

    private static String row(Hop hop) {
        return ROW.formatted(
                hop.verdict().name().toLowerCase(Locale.ROOT), hop.stage().word(), ManifestText.plain(hop.sentence()));
    }

    private static Document document(MailTrace trace) {
        return new Document(
                trace.address(),
                trace.arrives().name().toLowerCase(Locale.ROOT),
                trace.destiny().words(),
                trace.ruleId(),
                trace.hops());
    }
}
