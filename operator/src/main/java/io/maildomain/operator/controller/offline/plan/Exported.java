package io.maildomain.operator.controller.offline.plan;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The manifests that say what stands in a zone.
 *
 * @param seen what they were made from
 * @param catchAllRule null where none is needed, or none can say it; read it by {@link #catchAll()}
 * @param ruleIds of the rules that they say
 * @param left what they do not say
 * @param pending what mode Manage would change at once; then the mode is Observe
 */
public record Exported(
        ObservedState seen,
        MailDomain domain,
        @Nullable CatchAllRule catchAllRule,
        List<String> ruleIds,
        List<LeftOut> left,
        List<String> pending) {

    public Exported {
        ruleIds = List.copyOf(ruleIds);
        left = List.copyOf(left);
        pending = List.copyOf(pending);
    }

    /** The CatchAllRule, if there is one. */
    public Optional<CatchAllRule> catchAll() {
        return Optional.ofNullable(catchAllRule);
    }

    /** Whether the operator manages the domain from the first reconcile on. */
    public boolean manages() {
        return domain.getSpec().mode() == Mode.Manage;
    }

    /** Whether the zone has no part in mail: Email Routing is off, and neither a rule nor a catch-all was ever written. */
    public boolean isUnused() {
        return !seen.routing().enabled() && seen.rules().isEmpty() && catchAllRule == null && left.isEmpty();
    }
}
