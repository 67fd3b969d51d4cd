package io.maildomain.operator.controller.offline.plan;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CatchAllDraft;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import java.util.ArrayList;
import java.util.List;

/** What stands in a zone once the changes of a plan are made, if Cloudflare takes all of them. Pure. */
final class Forecast {

    private Forecast() {}

    static ObservedState after(ObservedState before, List<Change> changes) {
        ObservedState state = before;
        for (Change change : changes) {
            state = after(state, change);
        }
        return state;
    }

    static ObservedState after(ObservedState before, CatchAllDraft put) {
        CatchAll catchAll = new CatchAll(
                before.catchAll().id(),
                put.name(),
                put.enabled(),
                put.actions(),
                before.catchAll().source());
        return new ObservedState(before.zone(), before.routing(), before.hosts(), before.rules(), catchAll);
    }

    private static ObservedState after(ObservedState before, Change change) {
        if (change instanceof Change.EnableRouting enable) {
            return enable.recordsOnly() ? before : withRouting(before, true);
        }
        if (change instanceof Change.DisableRouting) {
            return withRouting(before, false);
        }
        if (change instanceof Change.SetSubaddressing set) {
            return withSettings(
                    before,
                    new RoutingSettings(
                            before.routing().enabled(),
                            before.routing().status(),
                            before.routing().name(),
                            set.on()));
        }
        if (change instanceof Change.AddSubdomain add) {
            return withHost(before, add.host(), false);
        }
        if (change instanceof Change.RemoveSubdomain remove) {
            return withHost(before, remove.host(), true);
        }
        if (change instanceof Change.RuleChange rule) {
            return withRule(before, rule);
        }
        return before;
    }

    private static ObservedState withRouting(ObservedState before, boolean on) {
        RoutingSettings was = before.routing();
        return withSettings(
                before, new RoutingSettings(on, on ? "ready" : "unconfigured", was.name(), was.subaddressing()));
    }

    private static ObservedState withSettings(ObservedState before, RoutingSettings settings) {
        return new ObservedState(before.zone(), settings, before.hosts(), before.rules(), before.catchAll());
    }

    private static ObservedState withHost(ObservedState before, String host, boolean missing) {
        List<HostDns> hosts = new ArrayList<>(before.hosts());
        hosts.removeIf(other -> other.name().equals(host));
        hosts.add(new HostDns(host, missing, false, false, ""));
        return new ObservedState(before.zone(), before.routing(), hosts, before.rules(), before.catchAll());
    }

    private static ObservedState withRule(ObservedState before, Change.RuleChange change) {
        List<RoutingRule> rules = new ArrayList<>(before.rules());
        if (change instanceof Change.CreateRule create) {
            rules.add(rule("", create.draft()));
        } else if (change instanceof Change.UpdateRule update) {
            rules.replaceAll(rule -> rule.id().equals(update.id()) ? rule(update.id(), update.draft()) : rule);
        } else if (change instanceof Change.AdoptRule adopt) {
            rules.replaceAll(rule -> rule.id().equals(adopt.id()) ? rule(adopt.id(), adopt.draft()) : rule);
        } else if (change instanceof Change.GiveBackRule back) {
            rules.replaceAll(rule -> rule.id().equals(back.id()) ? rule(back.id(), back.draft()) : rule);
        } else if (change instanceof Change.DeleteRule delete) {
            rules.removeIf(rule -> rule.id().equals(delete.id()));
        }
        return new ObservedState(before.zone(), before.routing(), before.hosts(), rules, before.catchAll());
    }

    private static RoutingRule rule(String id, RuleDraft draft) {
        return new RoutingRule(
                id, draft.name(), draft.enabled(), draft.priority(), draft.matchers(), draft.actions(), "api");
    }
}
