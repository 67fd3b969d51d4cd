package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;

/** What a MailWorker or MailSite is deployed with, or why it can't be. */
public sealed interface DeployCredentials {

    /**
     * A token that looks like one, and what its user may deploy with it.
     *
     * @param tokenKey the key of the Secret that won
     * @param tokenSource {@code Secret namespace/name}
     * @param accountId of Cloudflare's account; never empty: nothing can be deployed without
     * @param accountName of the CloudflareAccount
     */
    record Usable(
            ApiToken token,
            String tokenKey,
            String tokenSource,
            String accountId,
            String accountName,
            DeployGrants grants)
            implements DeployCredentials {

        /** What a diagnosis names when a call with this token fails. */
        public DiagnosisContext context(String subject) {
            return new DiagnosisContext("", tokenKey, tokenSource, accountId, subject, token.isAccountOwned());
        }

        /** Which token it is: for the status. */
        public String describe() {
            return "key " + tokenKey + " of " + tokenSource;
        }

        Usable with(DeployGrants others) {
            return new Usable(token, tokenKey, tokenSource, accountId, accountName, others);
        }
    }

    /** No token, or no account. */
    record Unusable(Blocked blocked) implements DeployCredentials {

        static Unusable stalled(Reason reason, String message) {
            return new Unusable(Blocked.stalled(ConditionType.CREDENTIALS_VALID, reason, message));
        }

        static Unusable waiting(Reason reason, String message) {
            return new Unusable(Blocked.waiting(ConditionType.CREDENTIALS_VALID, reason, message));
        }

        /** Whether it is only not known what the Secret holds. */
        public boolean isUnknown() {
            return blocked.status() == Check.Status.UNKNOWN;
        }
    }
}
