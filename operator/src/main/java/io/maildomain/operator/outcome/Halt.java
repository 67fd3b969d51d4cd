package io.maildomain.operator.outcome;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Diagnosis;
import java.time.Duration;

/**
 * Why a reconcile goes no further.
 *
 * @param at the condition that it stands in the way of
 * @param status False where the condition is known not to hold, Unknown where it could not be looked at
 * @param notBefore how long Cloudflare, or our budget, asks us to wait; zero where nobody does
 * @param quiet says nothing in the status: waiting for budget never changes a condition
 */
public record Halt(
        ConditionType at,
        Check.Status status,
        String reason,
        String message,
        Pace pace,
        Duration notBefore,
        boolean quiet) {

    private static final String TOKEN = "Token";

    /** Something has to happen elsewhere first. */
    public static Halt waiting(ConditionType at, String reason, String message) {
        return new Halt(at, Check.Status.FALSE, reason, message, Pace.WAITING, Duration.ZERO, false);
    }

    /** Only a change heals this. */
    public static Halt stalled(ConditionType at, String reason, String message) {
        return new Halt(at, Check.Status.FALSE, reason, message, Pace.FINAL, Duration.ZERO, false);
    }

    /** What a failed call means for the condition that it served. */
    public static Halt of(ConditionType at, CloudflareException failure, Diagnosis diagnosis) {
        Duration wait = diagnosis.retryAfter().orElse(Duration.ZERO);
        Pace pace =
                switch (diagnosis.kind()) {
                    case TRANSIENT -> Pace.TRANSIENT;
                    case WAITING -> Pace.WAITING;
                    case FINAL -> Pace.FINAL;
                };
        Check.Status status = pace == Pace.TRANSIENT ? Check.Status.UNKNOWN : Check.Status.FALSE;
        return new Halt(at, status, diagnosis.reason(), diagnosis.message(), pace, wait, isQuiet(failure.failure()));
    }

    /** Whether it says nothing about the resource: our budget, Cloudflare's limits, another replica that leads. */
    private static boolean isQuiet(Failure failure) {
        boolean forBudget =
                failure instanceof Failure.Postponed postponed && postponed.why() != Failure.Postponed.Why.AUTH_GATE;
        boolean limited = failure instanceof Failure.Refused refused && refused.status() == 429;
        return forBudget || limited || failure instanceof Failure.Fenced;
    }

    /** Whether the token is what is wrong, rather than what it may do. */
    public boolean isAboutToken() {
        return isAboutToken(reason);
    }

    /** The same of a reason, as the catalogue of errors names them. */
    public static boolean isAboutToken(String reason) {
        return reason.startsWith(TOKEN);
    }

    /**
     * Whether a condition already tells of the same trouble with the token, in better words: of many that share a token
     * one finds out what is wrong with it, while the others are held back.
     */
    public boolean isToldBy(Condition known) {
        return isAboutToken()
                && pace == Pace.TRANSIENT
                && isAboutToken(known.reason())
                && Check.Status.FALSE.words().equals(known.status());
    }

    /** The same, said to nobody and soon looked into again: it is not certain yet. */
    public Halt unconfirmed() {
        return new Halt(at, Check.Status.UNKNOWN, reason, message, Pace.TRANSIENT, Duration.ZERO, true);
    }

    /** Whether the call was refused for what the token is or may do, so that one such answer may be a stray. */
    public static boolean mayBeStray(CloudflareException failure) {
        return failure.refused()
                .filter(refused -> refused.status() == 401 || refused.status() == 403)
                .isPresent();
    }

    /** The condition as it will stand in the status. */
    public Check check() {
        return new Check(at, status, reason, message);
    }
}
