package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Deploying;
import io.maildomain.operator.config.OperatorSettings.Http;
import io.maildomain.operator.config.OperatorSettings.LogFormat;
import io.maildomain.operator.config.OperatorSettings.LogLevel;
import io.maildomain.operator.config.OperatorSettings.Logging;
import io.maildomain.operator.config.OperatorSettings.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The process itself: what it follows, serves and logs. */
final class ProcessOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--secret-watches",
            defaultValue = "200",
            paramLabel = "COUNT",
            description =
                    "So many referenced Secrets are watched, each by name; any more are read every --secret-poll.")
    private int secretWatches;

    @Option(
            names = "--secret-poll",
            defaultValue = "60s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "How often Secrets beyond --secret-watches are read.")
    private Duration secretPoll;

    @Option(
            names = "--artifact-hosts",
            split = ",",
            paramLabel = "HOST",
            description =
                    "Registries and artifact servers that the files of MailWorkers and MailSites are fetched from, separated by commas,"
                            + " those that they redirect to included: ghcr.io, *.githubusercontent.com, registry.corp.example:5000. Without it:"
                            + " files come from ConfigMaps only.")
    private List<String> artifactHosts = new ArrayList<>();

    @Option(
            names = "--probe-server",
            defaultValue = "",
            paramLabel = "URL",
            description =
                    "What is asked instead of the hosts that probes of MailWorkers name, a simulator for example.")
    private String probeServer;

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Serves /healthz, /readyz, /metrics and /api/meta. 0 picks a free port.")
    private int httpPort;

    @Option(
            names = "--status-page",
            defaultValue = "none",
            converter = Converters.Audience.class,
            paramLabel = "none|local|network",
            description =
                    "Who is served the status page at /, which shows the resources of all namespaces and asks for no password. local: clients on the"
                            + " same machine, as through kubectl port-forward. network: each client that reaches --http-port.")
    private PageAudience statusPage;

    @Option(
            names = "--log-format",
            defaultValue = "json",
            converter = Converters.Format.class,
            paramLabel = "json|text",
            description = "One line of JSON per entry, or text for people; to standard error.")
    private LogFormat logFormat;

    @Option(
            names = "--log-level",
            defaultValue = "info",
            converter = Converters.Level.class,
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace. Libraries say less than the operator, up to debug.")
    private LogLevel logLevel;

    @Option(
            names = "--log-level-file",
            defaultValue = "",
            paramLabel = "FILE",
            description =
                    "If there is such a file, the level in it counts instead, also when it changes: it is read every 10 s.")
    private String logLevelFile;

    Secrets secrets() {
        range("--secret-watches", secretWatches, 10_000);
        return new Secrets(secretWatches, secretPoll);
    }

    /** @throws ParameterException if the server is none */
    Deploying deploying() {
        try {
            return new Deploying(
                    artifactHosts,
                    probeServer.isBlank()
                            ? ""
                            : ApiBaseUrl.parse(probeServer, true).toString());
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(
                    command.commandLine(), "Invalid value for option '--probe-server': " + refused.getMessage());
        }
    }

    Http http() {
        range("--http-port", httpPort, 65_535);
        return new Http(httpPort, statusPage);
    }

    Logging logging() {
        return new Logging(logFormat, logLevel, logLevelFile);
    }

    private void range(String flag, int value, int most) {
        if (value < 0 || value > most) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '%s': '%d' is not a number from 0 to %d".formatted(flag, value, most));
        }
    }
}
