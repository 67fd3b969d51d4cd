package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DeployedVersion;
import io.maildomain.api.v1alpha1.SiteOwnership;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger.Deployed;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Between the ownership record, as the status has it, and the ledger, as the planner reads and writes it. Pure. */
final class SiteLedgerMapper {

    private static final Map<Origin, DeployOrigin> ORIGINS =
            Map.of(Origin.CREATING, DeployOrigin.Creating, Origin.CREATED, DeployOrigin.Created);

    private SiteLedgerMapper() {}

    /** The ledger that a record speaks of. */
    static SiteLedger ledger(SiteOwnership noted) {
        return new SiteLedger(
                noted.notedProject().map(project -> origin(project.origin())).orElse(Origin.NOTHING),
                noted.notedDeploying().orElse(""),
                noted.notedRetry().orElse(""),
                noted.notedDeployed()
                        .map(last -> new Deployed(last.id(), last.fingerprint()))
                        .orElse(null),
                Set.copyOf(noted.customDomains()),
                Set.copyOf(noted.variables()));
    }

    /** In doubt it is not ours. */
    private static Origin origin(@Nullable DeployOrigin noted) {
        return ORIGINS.entrySet().stream()
                .filter(known -> known.getValue() == noted)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Origin.NOTHING);
    }

    /** The record that says what the ledger does. */
    static SiteOwnership record(SiteLedger ledger, String accountId) {
        DeployOrigin origin = ORIGINS.get(ledger.origin());
        return new SiteOwnership(
                accountId,
                origin == null ? null : new TargetOwnership(origin, null, null),
                ledger.lastDeployed()
                        .map(last -> new DeployedVersion(last.id(), last.fingerprint(), List.of()))
                        .orElse(null),
                textOf(ledger.deploying()),
                textOf(ledger.retry()),
                ledger.domains().stream().sorted().toList(),
                ledger.variables().stream().sorted().toList());
    }

    private static @Nullable String textOf(String text) {
        return text.isEmpty() ? null : text;
    }
}
