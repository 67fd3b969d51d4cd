package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Budget;
import io.maildomain.operator.config.OperatorSettings.Cloudflare;
import io.maildomain.operator.config.OperatorSettings.Dns;
import io.maildomain.operator.config.OperatorSettings.Network;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How Cloudflare's API is reached, and how much of it is used. */
public final class CloudflareOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--cloudflare-api-base-url",
            defaultValue = ApiBaseUrl.DEFAULT,
            paramLabel = "URL",
            description = "Where Cloudflare's API is. Plain http is for loopback only, unless --allow-insecure-api.")
    private String apiBaseUrl;

    @Option(
            names = "--allow-insecure-api",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description = "Whether tokens may be sent over plain http, to a simulator on another machine for example.")
    private boolean allowInsecureApi;

    @Option(
            names = "--call-timeout",
            defaultValue = "10s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description =
                    "The time that one call to Cloudflare may take, all of it. An upload has 8s more for each MiB, 10m at most; SQL on a D1 database has four times as long.")
    private Duration callTimeout;

    @Option(
            names = "--connect-timeout",
            defaultValue = "5s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "The time that a connection to Cloudflare may take.")
    private Duration connectTimeout;

    @Option(
            names = "--trusted-ca",
            defaultValue = "",
            paramLabel = "FILE",
            description =
                    "Certificates in PEM that are trusted besides the JVM's own, such as that of a proxy which opens TLS.")
    private String trustedCa;

    @Option(
            names = "--https-proxy",
            defaultValue = "",
            paramLabel = "URL",
            description = "The proxy for calls to Cloudflare, such as http://proxy.corp.example:3128.")
    private String httpsProxy;

    @Option(
            names = "--no-proxy",
            defaultValue = "",
            paramLabel = "HOST,...",
            description = "Hosts that are reached without --https-proxy, each with all that lies below it; * for all.")
    private String noProxy;

    @Option(
            names = "--requests-per-window",
            defaultValue = "1200",
            paramLabel = "COUNT",
            description = "How many calls Cloudflare allows to the owner of a token per --window.")
    private int requests;

    @Option(
            names = "--window",
            defaultValue = "300s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "The time that --requests-per-window speaks of.")
    private Duration window;

    @Option(
            names = "--request-reserve",
            defaultValue = "20%",
            converter = Converters.Percent.class,
            paramLabel = "PERCENT",
            description = "The share of --requests-per-window that is left to people and other tools, 0%% to 90%%.")
    private int reserve;

    @Option(
            names = "--dns-checks",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description =
                    "Whether a zone's name servers are asked what mail records stand there, where the token may not"
                            + " read them. Without, a zone that others created is left as it is where Cloudflare does not say.")
    private boolean dnsChecks;

    @Option(
            names = "--seen-outside",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description =
                    "Whether DNS is asked what the world sees of a domain (status.delegation, MailDeliverable); needs"
                            + " --dns-checks.")
    private boolean seenOutside;

    @Option(
            names = "--dns-server",
            defaultValue = "",
            paramLabel = "HOST:PORT",
            description =
                    "The name server that is asked instead of each zone's own, a simulator's for example. What the world"
                            + " sees is then looked at only with --dns-resolver.")
    private String dnsServer;

    @Option(
            names = "--dns-resolver",
            defaultValue = "",
            paramLabel = "HOST:PORT",
            description =
                    "The resolver that is asked what the world sees of a domain, instead of the Pod's own and of the name"
                            + " servers of the zones above.")
    private String dnsResolver;

    /** @throws ParameterException if a server is none */
    public Dns dns() {
        return new Dns(
                dnsChecks, seenOutside, server("--dns-server", dnsServer), server("--dns-resolver", dnsResolver));
    }

    private String server(String option, String value) {
        if (!value.isBlank() && !value.matches("[A-Za-z0-9.-]+:\\d{1,5}")) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '%s': '%s' is not HOST:PORT".formatted(option, value));
        }
        return value.strip();
    }

    /** @throws ParameterException if the address is none, or would send tokens in the clear */
    public Cloudflare cloudflare() {
        try {
            return new Cloudflare(
                    ApiBaseUrl.parse(apiBaseUrl, allowInsecureApi),
                    callTimeout,
                    connectTimeout,
                    new Network(trustedCa, httpsProxy, noProxy));
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '--cloudflare-api-base-url': " + refused.getMessage());
        }
    }

    /** @throws ParameterException if there would be none */
    public Budget budget() {
        if (requests < 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '--requests-per-window': '%d' must be 1 or more".formatted(requests));
        }
        return new Budget(requests, window, reserve);
    }
}
