package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.status.ConditionType;
import java.util.EnumSet;
import java.util.Set;

/** Which condition of a MailWorker a call serves: a right that is missing is said where it is needed. */
final class CallConditions {

    private static final Set<CloudflareCall> OF_TARGETS = EnumSet.of(
            CloudflareCall.LIST_D1_DATABASES,
            CloudflareCall.GET_BUCKET,
            CloudflareCall.FIND_ZONE_OF_HOST,
            CloudflareCall.LIST_CUSTOM_DOMAINS,
            CloudflareCall.LIST_WORKERS_ROUTES);

    private static final Set<CloudflareCall> OF_DATABASES =
            EnumSet.of(CloudflareCall.GET_BOOKMARK, CloudflareCall.QUERY_DATABASE);

    private static final Set<CloudflareCall> OF_TRIGGERS = EnumSet.of(
            CloudflareCall.GET_SCHEDULES,
            CloudflareCall.PUT_SCHEDULES,
            CloudflareCall.GET_WORKERS_DEV,
            CloudflareCall.SET_WORKERS_DEV,
            CloudflareCall.PUT_CUSTOM_DOMAIN,
            CloudflareCall.DELETE_CUSTOM_DOMAIN,
            CloudflareCall.CREATE_WORKERS_ROUTE,
            CloudflareCall.DELETE_WORKERS_ROUTE);

    private CallConditions() {}

    /** @param why it failed: what is wrong with the token or the account is said of the credentials, whichever call shows it */
    static ConditionType of(CloudflareCall call, Reason why) {
        if (why.isAboutToken() || why == Reason.AccountNotFound) {
            return ConditionType.CREDENTIALS_VALID;
        }
        if (OF_TARGETS.contains(call)) {
            return ConditionType.TARGETS_READY;
        }
        if (OF_DATABASES.contains(call)) {
            return ConditionType.MIGRATED;
        }
        return OF_TRIGGERS.contains(call) ? ConditionType.TRIGGERS_APPLIED : ConditionType.DEPLOYED;
    }
}
