package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One zone as Cloudflare keeps it, in memory: does what a change says, and refuses what Cloudflare would refuse.
 */
public final class ModelZone {

    public static final String DOMAIN = "example.com";
    public static final Zone ZONE = new Zone(
            "0".repeat(32),
            DOMAIN,
            "a".repeat(32),
            "",
            "active",
            "full",
            List.of(),
            List.of(),
            "",
            Instant.parse("2026-01-01T00:00:00Z"),
            true);

    private static final CatchAll RESET = new CatchAll("", "", false, List.of(RuleAction.drop()), "api");

    private final List<RoutingRule> rules = new ArrayList<>();
    private final Set<String> hosts = new TreeSet<>();
    private final Set<String> foreignMx = new TreeSet<>();
    private boolean unlocked;
    private boolean subaddressing;
    private CatchAll catchAll = RESET;
    private int madeRules;

    public ModelZone copy() {
        ModelZone copy = new ModelZone();
        copy.rules.addAll(rules);
        copy.hosts.addAll(hosts);
        copy.foreignMx.addAll(foreignMx);
        copy.unlocked = unlocked;
        copy.subaddressing = subaddressing;
        copy.catchAll = catchAll;
        copy.madeRules = madeRules;
        return copy;
    }

    // What another user does.

    public ModelZone routingOn() {
        hosts.add(DOMAIN);
        foreignMx.remove(DOMAIN);
        return this;
    }

    ModelZone withHost(String host) {
        hosts.add(host);
        return this;
    }

    public ModelZone withForeignMx(String host) {
        foreignMx.add(host);
        return this;
    }

    public ModelZone withSubaddressing(boolean on) {
        subaddressing = on;
        return this;
    }

    ModelZone withUnlocked() {
        unlocked = true;
        return this;
    }

    ModelZone withCatchAll(CatchAll other) {
        catchAll = other;
        return this;
    }

    public ModelZone withRule(RoutingRule rule) {
        rules.add(rule);
        return this;
    }

    public void replace(RoutingRule rule) {
        rules.replaceAll(other -> other.id().equals(rule.id()) ? rule : other);
    }

    public void remove(String ruleId) {
        rules.removeIf(rule -> rule.id().equals(ruleId));
    }

    // What there is to see.

    public List<RoutingRule> rules() {
        return List.copyOf(rules);
    }

    Optional<RoutingRule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    public boolean routes(String host) {
        return hosts.contains(host);
    }

    public Set<String> hosts() {
        return Set.copyOf(hosts);
    }

    public boolean enabled() {
        return hosts.contains(DOMAIN);
    }

    public boolean unlocked() {
        return unlocked;
    }

    public boolean subaddressing() {
        return subaddressing;
    }

    public CatchAll catchAll() {
        return catchAll;
    }

    public boolean isTaken(String address) {
        return rules.stream().anyMatch(rule -> catches(rule, address));
    }

    /** As {@link Observer} would read it. */
    public ObservedState observe(DesiredState desired) {
        List<HostDns> dns = new ArrayList<>();
        if (!enabled() || unlocked) {
            dns.add(dns(DOMAIN));
        }
        desired.subdomainHosts().forEach(host -> dns.add(dns(host)));
        return observe(dns);
    }

    ObservedState observeForCleanup() {
        return observe(List.of());
    }

    private ObservedState observe(List<HostDns> dns) {
        String status = enabled() ? unlocked ? "unlocked" : "ready" : "unconfigured";
        return new ObservedState(
                ZONE, new RoutingSettings(enabled(), status, DOMAIN, subaddressing), dns, rules, catchAll);
    }

    private HostDns dns(String host) {
        String words = foreignMx.contains(host) ? "MX " + host + " mx.elsewhere.example" : "";
        return new HostDns(host, !hosts.contains(host), foreignMx.contains(host), false, words);
    }

    // What the operator does.

    void apply(Change change) {
        if (change instanceof Change.EnableRouting) {
            routingOn();
        } else if (change instanceof Change.DisableRouting) {
            hosts.clear();
        } else if (change instanceof Change.AddSubdomain add) {
            refuseUnless(add.host().endsWith("." + DOMAIN), "must be a subdomain: " + add.host());
            hosts.add(add.host());
            foreignMx.remove(add.host());
        } else if (change instanceof Change.RemoveSubdomain remove) {
            refuseUnless(remove.host().endsWith("." + DOMAIN), "must be a subdomain: " + remove.host());
            hosts.remove(remove.host());
        } else if (change instanceof Change.SetSubaddressing set) {
            subaddressing = set.on();
        } else {
            applyToRule((Change.RuleChange) change);
        }
    }

    private void applyToRule(Change.RuleChange change) {
        if (change instanceof Change.CreateRule create) {
            refuseUnless(rules.size() < Planner.RULE_CAP, "too many rules");
            put("%032x".formatted(0xabc000 + ++madeRules), create.draft());
        } else if (change instanceof Change.UpdateRule update) {
            put(update.id(), update.draft());
        } else if (change instanceof Change.AdoptRule adopt) {
            put(adopt.id(), adopt.draft());
        } else if (change instanceof Change.GiveBackRule back) {
            put(back.id(), back.draft());
        } else if (change instanceof Change.DeleteRule delete) {
            refuseUnless(rule(delete.id()).isPresent(), "no such rule");
            remove(delete.id());
        }
    }

    private void put(String id, RuleDraft draft) {
        for (Matcher matcher : draft.matchers()) {
            boolean taken = rules.stream()
                    .filter(rule -> !rule.id().equals(id))
                    .anyMatch(rule -> catches(rule, matcher.value()));
            refuseUnless(!taken, "Duplicated Zone rule: " + matcher.value());
        }
        RoutingRule made = new RoutingRule(
                id, draft.name(), draft.enabled(), draft.priority(), draft.matchers(), draft.actions(), "api");
        if (rule(id).isPresent()) {
            replace(made);
        } else {
            rules.add(made);
        }
    }

    private static boolean catches(RoutingRule rule, String address) {
        return rule.matchers().stream()
                .anyMatch(matcher -> matcher.value().toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT)));
    }

    private static void refuseUnless(boolean holds, String message) {
        if (!holds) {
            throw new ModelRefusal(message);
        }
    }

    /** Cloudflare does not do it. */
    static final class ModelRefusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ModelRefusal(String message) {
            super(message);
        }
    }

    @Override
    public String toString() {
        return "hosts " + hosts + (unlocked ? " unlocked" : "") + ", foreign MX " + foreignMx + ", subaddressing "
                + subaddressing + ", catch-all " + catchAll + ", rules " + rules;
    }
}
