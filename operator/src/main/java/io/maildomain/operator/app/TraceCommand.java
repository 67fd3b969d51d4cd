package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.trace.Tracer;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.MailTrace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
        footer = {
            "",
            "Exit codes: 0 an address or a Worker gets the mail, 1 it does not, or something on the way is wrong, 2 it could not be found out.",
            "Nothing is sent and nothing is written."
        })
final class TraceCommand implements Callable<Integer> {

    private static final int ARRIVES = 0;
    private static final int DOES_NOT_ARRIVE = 1;
    private static final int NOT_FOUND_OUT = 2;
    private static final String ROW = "%-8s %-14s %s";

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "ADDRESS", description = "Such as shop+orders@example.com.")
    private String given;

    @Option(
            names = "--secret-dir",
            paramLabel = "DIR",
            description = "A folder with a file for each key, as a Secret is mounted into a pod: no cluster is asked.")
    private @Nullable Path secretDir;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description =
                    "A CloudflareAccount whose Secret is read from the cluster; what its MailDomains say is part of the trace then.")
    private @Nullable String account;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "How it is printed.")
    private Output output;

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

    private final UnaryOperator<String> environment;

    /** @param environment the value of a variable, or null */
    TraceCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (secretDir != null && account != null) {
            throw new ParameterException(command.commandLine(), "--secret-dir and --account exclude each other");
        }
        String address = Tracer.address(given)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "\"" + given + "\" is no address: write it as name@domain"));
        try {
            return traced(address, TokenSource.of(secretDir, account, environment));
        } catch (StartFailure failure) {
            return notFoundOut(String.valueOf(failure.getMessage()));
        }
    }

    private int traced(String address, TokenSource tokens) {
        try (OfflineClient client = new OfflineClient(tokens, cloudflare, this::say);
                RuleStates states = account == null ? RuleStates.none() : RuleStates.ofCluster()) {
            try {
                MailTrace trace = client.tracer(states::of).trace(address);
                print(trace);
                return switch (trace.arrives()) {
                    case YES -> ARRIVES;
                    case NO -> DOES_NOT_ARRIVE;
                    case UNKNOWN -> NOT_FOUND_OUT;
                };
            } catch (CloudflareException failure) {
                return notFoundOut(client.explain(failure, address.substring(address.lastIndexOf('@') + 1)));
            }
        }
    }

    private int notFoundOut(String why) {
        say("error: " + why);
        return NOT_FOUND_OUT;
    }

    private void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(PlanReport.plain(line));
        err.flush();
    }

    private void print(MailTrace trace) {
        PrintWriter out = command.commandLine().getOut();
        if (output == Output.json) {
            out.println(json(trace));
        } else {
            trace.hops().forEach(hop -> out.println(row(hop)));
            out.println();
            out.println(PlanReport.plain("mail to " + trace.address() + ": " + trace.sentence()));
        }
        out.flush();
    }

    private static String row(Hop hop) {
        return ROW.formatted(
                hop.verdict().name().toLowerCase(Locale.ROOT), hop.stage().word(), PlanReport.plain(hop.sentence()));
    }

    private static String json(MailTrace trace) {
        try {
            return new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(new Document(
                            trace.address(),
                            trace.arrives().name().toLowerCase(Locale.ROOT),
                            trace.destiny().words(),
                            trace.ruleId(),
                            trace.hops()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of strings is always JSON", impossible);
        }
    }
}
