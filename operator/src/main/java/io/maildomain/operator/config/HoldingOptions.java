package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Holding;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which Secrets are held until what needs them is gone. */
final class HoldingOptions {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--held-secrets",
            split = ",",
            paramLabel = "NAME",
            description = "Names of Secrets that get a finalizer while resources need their token, separated by commas:"
                    + " those of the operator's namespace, and with --local-secrets of the namespaces that are watched. The"
                    + " operator needs the right to patch them. Without it: none.")
    private Set<String> heldSecrets = new TreeSet<>();

    @Option(
            names = "--released-secrets",
            split = ",",
            paramLabel = "NAME",
            description = "Names that were in --held-secrets and are not any more: the finalizer is taken off.")
    private Set<String> releasedSecrets = new TreeSet<>();

    @Option(
            names = "--hold-secrets-grace",
            defaultValue = "1m",
            converter = Converters.AnyDuration.class,
            paramLabel = "DURATION",
            description = "How long a held Secret that a user deletes stays while no resource that needs it is being"
                    + " deleted: those of the same folder may follow.")
    private Duration grace;

    @Option(
            names = "--hold-secrets-longest",
            defaultValue = "24h",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "How long it stays at most while some are. Time in which no operator ran does not count.")
    private Duration longest;

    Holding holding() {
        if (grace.compareTo(longest) > 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--hold-secrets-grace (%s) must not be longer than --hold-secrets-longest (%s)"
                            .formatted(DurationText.of(grace), DurationText.of(longest)));
        }
        return new Holding(
                names("--held-secrets", heldSecrets), names("--released-secrets", releasedSecrets), grace, longest);
    }

    private Set<String> names(String flag, Set<String> given) {
        Set<String> names = given.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        names.stream().filter(name -> !NAME.matcher(name).matches()).findFirst().ifPresent(wrong -> {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '%s': '%s' is not the name of a Secret".formatted(flag, wrong));
        });
        return names;
    }
}
