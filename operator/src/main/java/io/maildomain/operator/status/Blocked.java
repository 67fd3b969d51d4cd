package io.maildomain.operator.status;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.FailureKind;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import java.time.Duration;

/**
 * Why a reconcile goes no further.
 *
 * @param at the condition that it stands in the way of
 * @param status False where the condition is known not to hold, Unknown where it could not be looked at
 * @param notBefore how long Cloudflare, or our budget, asks us to wait; zero where neither does
 * @param quiet says nothing in the status: waiting for budget never changes a condition
 */
public record Blocked(
        ConditionType at,
        Check.Status status,
        Reason reason,
        String message,
        Requeue requeue,
        Duration notBefore,
        boolean quiet) {

    /** Something has to happen elsewhere first. */
    public static Blocked waiting(ConditionType at, Reason reason, String message) {
        return new Blocked(at, Check.Status.FALSE, reason, message, Requeue.WAITING, Duration.ZERO, false);
    }

    /** Only a change heals this. */
    public static Blocked stalled(ConditionType at, Reason reason, String message) {
        return new Blocked(at, Check.Status.FALSE, reason, message, Requeue.STALLED, Duration.ZERO, false);
    }

    /** What a failed call means for the condition that it served. */
    public static Blocked of(ConditionType at, CloudflareException failure, Diagnosis diagnosis) {
        Duration wait = diagnosis.retryAfter().orElse(Duration.ZERO);
        Requeue after = Requeue.after(diagnosis.kind());
        Check.Status status = after == Requeue.BACKOFF ? Check.Status.UNKNOWN : Check.Status.FALSE;
        // One that is held back has asked nothing: it costs no call to look soon, and the token may be mended
        // meanwhile.
        Requeue requeue = isHeldBack(failure.failure()) ? Requeue.BACKOFF : after;
        return new Blocked(
                at, status, diagnosis.reason(), diagnosis.message(), requeue, wait, isQuiet(failure.failure()));
    }

    /** Whether it says nothing about the resource: our budget, Cloudflare's limits, another replica that leads. */
    private static boolean isQuiet(Failure failure) {
        boolean forBudget = failure instanceof Failure.Postponed && !isHeldBack(failure);
        boolean limited = failure instanceof Failure.Refused refused && refused.status() == 429;
        return forBudget || limited || failure instanceof Failure.Fenced;
    }

    /** Whether it was not sent, since its token was refused a moment ago. */
    private static boolean isHeldBack(Failure failure) {
        return failure instanceof Failure.Postponed postponed && postponed.cause() == Permit.Cause.AUTH_GATE;
    }

    /** Whether the token is what is wrong, rather than what it may do. */
    public boolean isAboutToken() {
        return reason.isAboutToken();
    }

    /**
     * Whether a condition already tells of the same trouble with the token, in better words: of many that share a token
     * one finds out what is wrong with it, while the others are held back. One that is held back knows the same as the one
     * that asked, and would only say in turn that it is stalled and that it is not.
     */
    public boolean isToldBy(Condition known) {
        boolean worseWords = status == Check.Status.UNKNOWN
                && known.knownReason().filter(Reason::isAboutToken).isPresent();
        boolean sameReason = requeue == Requeue.BACKOFF && known.says(reason);
        return isAboutToken()
                && (worseWords || sameReason)
                && Check.Status.FALSE.value().equals(known.status());
    }

    /** What time heals and may be over before a user reads it: it says nothing of a resource that works. */
    public boolean isHiccup() {
        return requeue == Requeue.BACKOFF && status == Check.Status.UNKNOWN;
    }

    /** The same, which the status does not say. */
    public Blocked quietly() {
        return new Blocked(at, status, reason, message, requeue, notBefore, true);
    }

    /** The same, not said and soon looked into again: it is not certain yet. */
    public Blocked unconfirmed() {
        return new Blocked(at, Check.Status.UNKNOWN, reason, message, Requeue.BACKOFF, Duration.ZERO, true);
    }

    /** Whether the call was refused for what the token is or may do, so that one such answer may be a stray. */
    public static boolean mayBeStray(CloudflareException failure) {
        return failure.refused()
                .filter(refused -> refused.status() == 401 || refused.status() == 403)
                .isPresent();
    }

    /**
     * Whether Cloudflare refuses for a reason of its own, which neither time nor another token lifts: a hold, a subscription, a
     * call that it does not take. Not what is passing, what the token or its rights are to blame for, or what does not come
     * from Cloudflare's API at all.
     */
    public static boolean isCloudflaresOwn(CloudflareException failure, Diagnosis diagnosis) {
        boolean ofTheToken = diagnosis.reason().isAboutToken() || diagnosis.reason() == Reason.PermissionMissing;
        return failure.refused()
                .filter(refused -> !refused.errors().isEmpty())
                .filter(refused -> refused.status() < 500 && refused.status() != 408 && refused.status() != 429)
                .filter(refused -> refused.status() != 401 && !ofTheToken)
                .filter(refused -> diagnosis.kind() != FailureKind.TRANSIENT)
                .isPresent();
    }

    /** The condition as it will stand in the status. */
    public Check check() {
        return new Check(at, status, reason, message);
    }
}
