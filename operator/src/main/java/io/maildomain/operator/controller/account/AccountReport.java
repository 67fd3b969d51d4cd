package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds an account's status from what was found. Pure; no token gets in here. */
final class AccountReport {

    private static final int SHOWN = 3;

    private AccountReport() {}

    /**
     * The status.
     *
     * @param checked what is said of the checks of all that is healthy
     * @param users resources that keep an account that is being deleted from going
     */
    static CloudflareAccountStatus of(
            CloudflareAccount account,
            SurfaceFindings runtime,
            SurfaceFindings deploy,
            Check binding,
            AccountChecks checked,
            List<String> users,
            Instant now) {
        Check runtimeCheck = runtime.check();
        List<Check> checks = new ArrayList<>();
        checks.add(ready(runtimeCheck));
        checks.add(runtimeCheck);
        checks.add(deploy.check());
        checks.add(binding);
        if (!runtimeCheck.holds()) {
            boolean stalled = runtimeCheck.status() == Check.Status.FALSE;
            checks.add(runtimeCheck.holding(stalled ? ConditionType.STALLED : ConditionType.RECONCILING));
        } else if (!users.isEmpty()) {
            checks.add(Check.yes(ConditionType.RECONCILING, Reason.InUse, inUse(users)));
        }
        List<Condition> before =
                account.getStatus() == null ? List.of() : account.getStatus().conditions();
        long generation = account.getMetadata().getGeneration();
        return new CloudflareAccountStatus(
                        generation,
                        checked.among(before, Conditions.of(before, checks, generation, now), generation, now),
                        binding.holds(),
                        runtime.status(),
                        deploy.status())
                .withChecks(checked.lastChecked(), checked.interval());
    }

    private static String inUse(List<String> users) {
        String more = users.size() > SHOWN ? " and " + (users.size() - SHOWN) + " more" : "";
        return "deletion waits until no resource uses it: "
                + String.join(", ", users.subList(0, Math.min(SHOWN, users.size()))) + more;
    }

    private static Check ready(Check runtime) {
        return runtime.holds()
                ? Check.yes(ConditionType.READY, Reason.Ready, "the runtime token can be used")
                : runtime.as(ConditionType.READY);
    }
}
