package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Http;
import io.maildomain.operator.config.OperatorSettings.LogFormat;
import io.maildomain.operator.config.OperatorSettings.LogLevel;
import io.maildomain.operator.config.OperatorSettings.Logging;
import io.maildomain.operator.config.OperatorSettings.Secrets;
import java.time.Duration;
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
            names = "--http-port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Serves /healthz, /readyz, /metrics and /api/meta. 0 picks a free port.")
    private int httpPort;

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

    Http http() {
        range("--http-port", httpPort, 65_535);
        return new Http(httpPort);
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
