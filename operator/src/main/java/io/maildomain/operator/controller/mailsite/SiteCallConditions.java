package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.EnumSet;
import java.util.Set;

/** Which condition of a MailSite a call serves: a right that is missing is said where it is needed. Pure. */
final class SiteCallConditions {

    private static final Set<CloudflareCall> OF_TARGETS =
            EnumSet.of(CloudflareCall.GET_PROJECT, CloudflareCall.CREATE_PROJECT, CloudflareCall.LIST_CUSTOM_DOMAINS);

    private static final Set<CloudflareCall> OF_TRIGGERS = EnumSet.of(
            CloudflareCall.LIST_SITE_DOMAINS, CloudflareCall.ADD_SITE_DOMAIN, CloudflareCall.REMOVE_SITE_DOMAIN);

    private SiteCallConditions() {}

    /** What a failed call stands in the way of. */
    static Blocked blocked(CloudflareException e, Usable with, String project) {
        Diagnosis why = Catalogue.diagnose(e, with.context(project));
        return Blocked.of(of(e.call(), why.reason()), e, why);
    }

    /** @param why it failed: what is wrong with the token or the account is said of the credentials, whichever call shows it */
    private static ConditionType of(CloudflareCall call, Reason why) {
        if (why.isAboutToken() || why == Reason.AccountNotFound) {
            return ConditionType.CREDENTIALS_VALID;
        }
        if (OF_TARGETS.contains(call)) {
            return ConditionType.TARGETS_READY;
        }
        return OF_TRIGGERS.contains(call) ? ConditionType.TRIGGERS_APPLIED : ConditionType.DEPLOYED;
    }
}
