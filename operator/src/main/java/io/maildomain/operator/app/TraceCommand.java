package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.config.OperatorSettings.BackOff;
import io.maildomain.operator.config.OperatorSettings.Dns;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.dns.NameServers;
import io.maildomain.operator.dns.OneLook;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.trace.Tracer;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.MailTrace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    private static final BackOff NO_SECOND_TRY = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(1));
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
            description = "A CloudflareAccount; its Secrets are read from the cluster. Without either: default.")
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
    record Document(String address, boolean arrives, String destiny, String ruleId, List<Hop> hops) {}

    @Override
    public Integer call() {
        if (secretDir != null && account != null) {
            throw new ParameterException(command.commandLine(), "--secret-dir and --account exclude each other");
        }
        String address = Tracer.address(given)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "\"" + given + "\" is no address: write it as name@domain"));
        try {
            MailTrace trace = trace(address);
            print(trace);
            return trace.arrives() ? ARRIVES : DOES_NOT_ARRIVE;
        } catch (StartFailure | CloudflareException failure) {
            PrintWriter err = command.commandLine().getErr();
            err.println("error: " + failure.getMessage());
            err.flush();
            return NOT_FOUND_OUT;
        }
    }

    private MailTrace trace(String address) {
        TokenSource source = secretDir == null
                ? TokenSource.ofAccount(account == null ? "default" : account)
                : TokenSource.ofFolder(secretDir);
        Clock clock = Clock.systemUTC();
        Dns dns = cloudflare.dns();
        try (CloudflareClients clients = new CloudflareClients(
                        ApiClient.settings(
                                cloudflare.cloudflare(), cloudflare.budget(), NO_SECOND_TRY, ProductVersion.current()),
                        clock,
                        new SimpleMeterRegistry(),
                        () -> false);
                NameServers nameServers = new NameServers(dns.server(), clock);
                RuleStates states = secretDir == null ? RuleStates.ofCluster() : RuleStates.none()) {
            Tracer tracer = new Tracer(
                    clients.forToken(token(source)),
                    dns.checks() ? nameServers : PublicDns.OFF,
                    domain -> dns.mayLookOutside()
                            ? Optional.of(OneLook.at(domain, dns.resolver(), clock))
                            : Optional.empty(),
                    states::of);
            return tracer.trace(address);
        }
    }

    private static ApiToken token(TokenSource source) {
        TokenResolution resolution =
                TokenResolution.resolve(Surface.RUNTIME, source.runtime().data());
        if (resolution instanceof TokenResolution.Found found) {
            return found.token();
        }
        throw new StartFailure(
                resolution instanceof TokenResolution.Malformed refused
                        ? "key " + refused.key() + " holds no usable token: " + refused.reason()
                        : "no runtime token: add it under " + Surface.RUNTIME.splitKey() + " or " + Surface.SHARED_KEY);
    }

    private void print(MailTrace trace) {
        PrintWriter out = command.commandLine().getOut();
        if (output == Output.json) {
            out.println(json(trace));
        } else {
            trace.hops()
                    .forEach(hop -> out.println(ROW.formatted(
                            hop.verdict().name().toLowerCase(Locale.ROOT),
                            hop.stage().word(),
                            hop.sentence())));
            out.println();
            out.println("mail to " + trace.address() + ": " + trace.destiny().words());
        }
        out.flush();
    }

    private static String json(MailTrace trace) {
        try {
            return new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(new Document(
                            trace.address(), trace.arrives(), trace.destiny().words(), trace.ruleId(), trace.hops()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of strings is always JSON", impossible);
        }
    }
}
