package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.BackOff;
import io.maildomain.operator.config.OperatorSettings.Drift;
import io.maildomain.operator.config.OperatorSettings.HandOver;
import io.maildomain.operator.config.OperatorSettings.MassDeletion;
import io.maildomain.operator.config.OperatorSettings.Probing;
import io.maildomain.operator.config.OperatorSettings.Retries;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How soon things are done again, and from when on they are rather not done. */
final class TimingOptions {

    private static final String DURATION = "DURATION";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--drift-interval",
            defaultValue = "10m",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description =
                    "From one comparison of a healthy domain with Cloudflare to the next."
                            + " It is jittered, and stretches so that these checks use at most a quarter of the request budget.")
    private Duration driftInterval;

    @Option(
            names = "--confirm-pause",
            defaultValue = "5s",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description =
                    "Before a zone is deleted, Email Routing is switched off or a subdomain is removed, Cloudflare is"
                            + " looked at twice, so long apart: both looks must agree that nothing else uses it.")
    private Duration confirmPause;

    @Option(
            names = "--mailbox-distance",
            defaultValue = "5s",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description =
                    "Between two looks at a MailDomain that changes of its Mailboxes ask for: what changes meanwhile shares the next."
                            + " Three times that once there were 12 within five minutes.")
    private Duration mailboxDistance;

    @Option(
            names = "--max-deletions",
            defaultValue = "20/10m",
            converter = Converters.CountPerTime.class,
            paramLabel = "COUNT/DURATION",
            description = "More deleted MailDomains than this within this time are held until a user confirms them.")
    private MassDeletion maxDeletions;

    @Option(
            names = "--hand-over",
            defaultValue = "60s",
            converter = Converters.AnyDuration.class,
            paramLabel = DURATION,
            description = "How long after a MailDomain was deleted another one for its domain may come and find zone,"
                    + " rules and routing in place, where a zone would be deleted or Email Routing switched off; rules"
                    + " wait as well where one is there whose Secret or account is still to come. Counts from the"
                    + " operator's start if that is later. 0s: only one that is there already takes them over.")
    private Duration handOver;

    @Option(
            names = "--retry-base",
            defaultValue = "1s",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The first wait after a passing failure (429, 5xx, connection); doubled each time. So long"
                    + " is also waited, not doubled, while another reconcile works on the same zone.")
    private Duration retryBase;

    @Option(
            names = "--retry-cap",
            defaultValue = "5m",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The longest wait after a passing failure.")
    private Duration retryCap;

    @Option(
            names = "--waiting-base",
            defaultValue = "5s",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description =
                    "The first wait for what others have to do (a pending zone, an unverified destination, a missing"
                            + " Worker); doubled each time.")
    private Duration waitingBase;

    @Option(
            names = "--waiting-cap",
            defaultValue = "5m",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The longest wait for what others have to do.")
    private Duration waitingCap;

    @Option(
            names = "--final-base",
            defaultValue = "30s",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The first wait after a failure that only a change can heal, such as a missing right;"
                    + " doubled each time.")
    private Duration finalBase;

    @Option(
            names = "--final-cap",
            defaultValue = "30m",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The longest wait after a failure that only a change can heal.")
    private Duration finalCap;

    @Option(
            names = "--auth-retry-base",
            defaultValue = "30s",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The first wait before one call probes a token that Cloudflare refused; doubled each time.")
    private Duration authBase;

    @Option(
            names = "--auth-retry-cap",
            defaultValue = "10m",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The longest wait before one call probes a token that Cloudflare refused.")
    private Duration authCap;

    @Option(
            names = "--probe-interval",
            defaultValue = "24h",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "How often the tokens of a CloudflareAccount are probed: some harmless reads each time.")
    private Duration probeInterval;

    @Option(
            names = "--probe-retry",
            defaultValue = "10m",
            converter = Converters.PositiveDuration.class,
            paramLabel = DURATION,
            description = "The same for a token that lacks a right, is refused, or could not be asked about.")
    private Duration probeRetry;

    Drift drift() {
        return new Drift(driftInterval, confirmPause, mailboxDistance);
    }

    HandOver handOver() {
        return new HandOver(handOver);
    }

    MassDeletion massDeletion() {
        return maxDeletions;
    }

    Retries retries() {
        return new Retries(
                backOff("retry", retryBase, retryCap),
                backOff("waiting", waitingBase, waitingCap),
                backOff("final", finalBase, finalCap),
                backOff("auth-retry", authBase, authCap));
    }

    Probing probing() {
        if (probeRetry.compareTo(probeInterval) > 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--probe-retry (%s) must not be longer than --probe-interval (%s)"
                            .formatted(DurationText.of(probeRetry), DurationText.of(probeInterval)));
        }
        return new Probing(probeInterval, probeRetry);
    }

    private BackOff backOff(String name, Duration base, Duration cap) {
        if (base.compareTo(cap) > 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--%s-base (%s) must not be longer than --%s-cap (%s)"
                            .formatted(name, DurationText.of(base), name, DurationText.of(cap)));
        }
        return new BackOff(base, cap);
    }
}
