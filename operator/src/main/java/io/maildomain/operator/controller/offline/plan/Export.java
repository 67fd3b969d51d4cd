package io.maildomain.operator.controller.offline.plan;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.DomainRef;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZonePolicy;
import io.maildomain.api.v1alpha1.ZoneSpec;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostOutcome;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Planned;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * From what stands in a zone to manifests whose first reconcile changes nothing there. What decides that is the planner of the
 * reconcile itself, asked in the name of every installation whose mark a rule carries, and of one that has none: any of them may be
 * the one that reads the manifests. Where it would change something, the manifest only observes. Pure.
 */
public final class Export {

    private static final String UNMARKED = "none";

    private final ObservedState seen;
    private final ManifestChoice choice;
    private final String name;
    private final RuleExport.Sorted rules;

    private Export(ObservedState seen, ManifestChoice choice, String name) {
        this.seen = seen;
        this.choice = choice;
        this.name = name;
        this.rules = RuleExport.of(seen.zone().name(), seen.rules());
    }

    /** @param name of both resources */
    public static Exported of(ObservedState seen, ManifestChoice choice, String name) {
        return new Export(seen, choice, name).exported();
    }

    /** What a reconcile would be asked for, so that it can be observed. */
    public static DesiredState desired(MailDomainSpec spec) {
        return new DesiredState(spec, Grants.everything(), new OwnerMark(UNMARKED), "");
    }

    private Exported exported() {
        List<LeftOut> left = new ArrayList<>(rules.left());
        Optional<Action> catchAll = catchAll(left);
        List<String> pending = pending(spec(Mode.Manage));
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(choice.namespace())
                .build());
        domain.setSpec(spec(pending.isEmpty() ? Mode.Manage : Mode.Observe));
        return new Exported(seen, domain, catchAll.map(this::catchAllRule).orElse(null), rules.ids(), left, pending);
    }

    /** A zone is not created anew by a manifest that was made from it; subaddressing that is off is Cloudflare's default. */
    private MailDomainSpec spec(Mode mode) {
        return new MailDomainSpec(
                seen.zone().name(),
                choice.credentials(),
                new ZoneSpec(ZonePolicy.AdoptOnly, null),
                null,
                null,
                seen.routing().subaddressing() ? Boolean.TRUE : null,
                rules.rules(),
                choice.conflicts(),
                null,
                null,
                mode,
                null);
    }

    /**
     * What would be changed, and what stays as it is only as long as not more is known: where Email Routing is off, or it is not known which
     * records stand, the operator's own look may find out that nothing stands in the way.
     */
    private List<String> pending(MailDomainSpec spec) {
        return marks().stream()
                .map(mark -> new DesiredState(spec, Grants.everything(), mark, ""))
                .map(desired -> Planner.plan(desired, seen, Ownership.nothing()))
                .flatMap(plan -> Stream.concat(
                        Stream.concat(plan.changes().stream(), plan.withheld().stream())
                                .map(Change::describe),
                        plan.hosts().stream()
                                .filter(host -> host.changes().isEmpty())
                                .map(Planned::outcome)
                                .filter(this::mayChange)
                                .map(host -> host.host() + ": " + host.message())))
                .distinct()
                .toList();
    }

    private boolean mayChange(HostOutcome host) {
        boolean isDomain = host.host().equals(seen.zone().name());
        return host.state() == HostState.Unknown || (isDomain && !seen.routing().enabled());
    }

    private List<OwnerMark> marks() {
        Set<String> ids = new TreeSet<>();
        seen.rules().stream()
                .map(RoutingRule::name)
                .flatMap(ruleName -> OwnerMark.markIn(ruleName).stream())
                .forEach(ids::add);
        String other = UNMARKED;
        for (int next = 0; ids.contains(other); next++) {
            other = UNMARKED + next;
        }
        return Stream.concat(Stream.of(other), ids.stream()).map(OwnerMark::new).toList();
    }

    /** What the catch-all does; empty where it does what Cloudflare starts with, or no manifest can say it. */
    private Optional<Action> catchAll(List<LeftOut> left) {
        CatchAll live = seen.catchAll();
        Optional<MailAction> action = MailAction.of(live.actions());
        if (!live.enabled() && action.filter(MailAction.Drop.class::isInstance).isPresent()) {
            return Optional.empty();
        }
        Optional<Action> wanted = action.flatMap(RuleExport::inSpec);
        if (wanted.isEmpty() || live.isWranglers()) {
            String off = live.enabled() ? "" : " (disabled)";
            left.add(new LeftOut(
                    "the catch-all -> " + RuleExport.describe(live.actions()) + off,
                    live.isWranglers() ? RuleExport.WRANGLERS : "a CatchAllRule has no words for it"));
            return Optional.empty();
        }
        return wanted;
    }

    private CatchAllRule catchAllRule(Action action) {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(choice.namespace())
                .build());
        rule.setSpec(new CatchAllRuleSpec(
                new DomainRef(name), action, seen.catchAll().enabled(), null));
        return rule;
    }
}
