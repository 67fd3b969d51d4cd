package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Leadership;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How replicas agree on one leader. */
final class LeadershipOptions {

    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--leader-election",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description = "Whether replicas agree on one leader through a Lease. The chart sets it.")
    private boolean enabled;

    @Option(
            names = "--lease-name",
            defaultValue = "mail-domain-operator",
            paramLabel = "NAME",
            description = "The Lease in the operator's namespace.")
    private String leaseName;

    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    @Option(
            names = "--pod-name",
            paramLabel = "NAME",
            description = "This replica's name in Events and in the Lease. Without it: the host's name.")
    private String podName = "";

    @Option(
            names = "--lease-duration",
            defaultValue = "15s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "How long the other replicas wait after the last renewal that they saw, in whole seconds.")
    private Duration leaseDuration;

    @Option(
            names = "--renew-deadline",
            defaultValue = "10s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "A leader that could not renew the Lease for so long gives up.")
    private Duration renewDeadline;

    @Option(
            names = "--retry-period",
            defaultValue = "2s",
            converter = Converters.PositiveDuration.class,
            paramLabel = "DURATION",
            description = "From one attempt to take or renew the Lease to the next.")
    private Duration retryPeriod;

    /** @param callTimeout of one Cloudflare call: the leader starts none that might outlive its Lease */
    Leadership leadership(Duration callTimeout) {
        refuseIf(
                !OBJECT_NAME.matcher(leaseName).matches(),
                "Invalid value for option '--lease-name': '%s' is not the name of a Lease".formatted(leaseName));
        if (enabled) {
            refuseIf(
                    leaseDuration.toMillis() % 1000 != 0,
                    "--lease-duration (%s) must be whole seconds: a Lease cannot say less"
                            .formatted(DurationText.of(leaseDuration)));
            refuseIf(
                    leaseDuration.compareTo(LONGEST_LEASE) > 0,
                    "--lease-duration (%s) must be an hour at most: no other takes over from a dead replica sooner"
                            .formatted(DurationText.of(leaseDuration)));
            refuseUnlessLonger("--lease-duration", leaseDuration, "--renew-deadline", renewDeadline);
            refuseUnlessLonger("--renew-deadline", renewDeadline, "--retry-period", retryPeriod);
            refuseIf(
                    leaseDuration.compareTo(callTimeout.plus(retryPeriod)) <= 0,
                    ("--lease-duration (%s) must be longer than --call-timeout (%s) and --retry-period (%s) together:"
                                    + " no call is started that might outlive the Lease")
                            .formatted(
                                    DurationText.of(leaseDuration),
                                    DurationText.of(callTimeout),
                                    DurationText.of(retryPeriod)));
        }
        return new Leadership(enabled, leaseName, podName, leaseDuration, renewDeadline, retryPeriod);
    }

    private void refuseUnlessLonger(String longer, Duration value, String shorter, Duration than) {
        refuseIf(
                value.compareTo(than) <= 0,
                "%s (%s) must be longer than %s (%s)"
                        .formatted(longer, DurationText.of(value), shorter, DurationText.of(than)));
    }

    private void refuseIf(boolean wrong, String message) {
        if (wrong) {
            throw new ParameterException(command.commandLine(), message);
        }
    }
}
