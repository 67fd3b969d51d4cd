package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;

/** What a MailDomain works with, or why it can't. */
public sealed interface RuntimeCredentials {

    /**
     * A token that looks like one, and what its user may do with it.
     *
     * @param tokenKey the key of the Secret that won
     * @param tokenSource {@code Secret namespace/name}
     * @param accountId of Cloudflare's account; empty where none is known: then no zone can be created
     * @param accountName of the CloudflareAccount; empty with a Secret of the namespace's own
     */
    record Usable(
            ApiToken token, String tokenKey, String tokenSource, String accountId, String accountName, Grants grants)
            implements RuntimeCredentials {

        /** What a diagnosis names when a call with this token fails. */
        public DiagnosisContext context(String domain, String subject) {
            return new DiagnosisContext(domain, tokenKey, tokenSource, accountId, subject, token.isAccountOwned());
        }

        Usable with(Grants others) {
            return new Usable(token, tokenKey, tokenSource, accountId, accountName, others);
        }

        /** Which token it is, and what its user may do with it: for the status. */
        public String describe(String domain) {
            String granted = grants.describe(domain);
            return "key " + tokenKey + " of " + tokenSource
                    + (granted.isEmpty() ? "" : "; granted for " + domain + ": " + granted);
        }

        /** What the ACCOUNT column shows. */
        public String shownAccount() {
            return accountName.isEmpty() ? tokenSource : accountName;
        }
    }

    /** No token, or no right to use one. */
    record Unusable(Blocked blocked) implements RuntimeCredentials {

        static Unusable stalled(Reason reason, String message) {
            return new Unusable(Blocked.stalled(ConditionType.CREDENTIALS_VALID, reason, message));
        }

        static Unusable waiting(Reason reason, String message) {
            return new Unusable(Blocked.waiting(ConditionType.CREDENTIALS_VALID, reason, message));
        }

        /**
         * It is not known what the Secret holds. Before its first reading nothing is said: that lasts a moment after
         * each start, and must not turn every resource over.
         */
        static Unusable unknown(SecretState.Unknown state) {
            boolean momentary = state.cause() == SecretState.Cause.NOT_SYNCED;
            Requeue requeue = momentary
                    ? Requeue.CONFLICT
                    : state.cause() == SecretState.Cause.FORBIDDEN ? Requeue.WAITING : Requeue.BACKOFF;
            return new Unusable(new Blocked(
                    ConditionType.CREDENTIALS_VALID,
                    Check.Status.UNKNOWN,
                    Reason.SecretUnreadable,
                    state.why(),
                    requeue,
                    Duration.ZERO,
                    momentary));
        }

        /** The labels of the namespace are not known, by which access is granted: that is no refusal. */
        static Unusable ofUnknown(String namespace) {
            return new Unusable(new Blocked(
                    ConditionType.CREDENTIALS_VALID,
                    Check.Status.UNKNOWN,
                    Reason.SecretUnreadable,
                    "which access namespace " + namespace + " has is not known: its labels were not read yet, or it is"
                            + " gone",
                    Requeue.BACKOFF,
                    Duration.ZERO,
                    false));
        }

        /** The same, not believed yet: it is asked for again soon. */
        Unusable unconfirmed() {
            return new Unusable(blocked.unconfirmed());
        }

        /** Whether it is not known yet what the Secret holds, or what is granted. */
        public boolean isUnknown() {
            return blocked.status() == Check.Status.UNKNOWN;
        }

        /** Whether what is missing may come by itself: a Secret or an account that is created a little later. */
        public boolean mayComeYet() {
            return blocked.reason() == Reason.SecretMissing || blocked.reason() == Reason.AccountNotFound;
        }

        /** Whether that is known in a moment, or once the API server answers again; not where it forbids the reading. */
        public boolean isKnownSoon() {
            return isUnknown() && blocked.requeue() != Requeue.WAITING;
        }

        /** Whether the account does not grant this namespace what it asks for: then nothing is undone on deletion. */
        public boolean isDenied() {
            return blocked.reason() == Reason.AccessDenied && !isUnknown();
        }

        /** Whether that was seen once so far: then neither is decided. */
        public boolean mayBeDenied() {
            return blocked.reason() == Reason.AccessDenied && isUnknown();
        }
    }
}
