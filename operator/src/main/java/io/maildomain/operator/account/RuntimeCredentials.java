package io.maildomain.operator.account;

import io.maildomain.operator.access.Grants;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.diagnosis.DiagnosisContext;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.secrets.SecretState;
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

        /** What the ACCOUNT column shows. */
        public String shownAccount() {
            return accountName.isEmpty() ? tokenSource : accountName;
        }
    }

    /** No token, or no right to use one. */
    record Unusable(Halt halt) implements RuntimeCredentials {

        static Unusable stalled(String reason, String message) {
            return new Unusable(Halt.stalled(ConditionType.CREDENTIALS_VALID, reason, message));
        }

        static Unusable waiting(String reason, String message) {
            return new Unusable(Halt.waiting(ConditionType.CREDENTIALS_VALID, reason, message));
        }

        /**
         * It is not known what the Secret holds. Before its first reading nothing is said: that lasts a moment after
         * each start, and must not turn every resource over.
         */
        static Unusable unknown(SecretState.Unknown state) {
            boolean momentary = state.cause() == SecretState.Cause.NOT_SYNCED;
            Pace pace = momentary
                    ? Pace.BUSY
                    : state.cause() == SecretState.Cause.FORBIDDEN ? Pace.WAITING : Pace.TRANSIENT;
            return new Unusable(new Halt(
                    ConditionType.CREDENTIALS_VALID,
                    Check.Status.UNKNOWN,
                    "SecretUnreadable",
                    state.why(),
                    pace,
                    Duration.ZERO,
                    momentary));
        }

        /** Whether it is not known yet what the Secret holds. */
        public boolean isUnknown() {
            return halt.status() == Check.Status.UNKNOWN;
        }

        /** Whether the account does not grant this namespace what it asks for: then nothing is undone on deletion. */
        public boolean isDenied() {
            return halt.reason().equals("AccessDenied");
        }
    }
}
