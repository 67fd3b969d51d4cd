package io.maildomain.faults;

import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.RoutingRule.Action;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Something that happens in a history. Prints such that a person can follow. */
interface Step {

    /** It happens; what comes of it is not waited for. */
    void happen(HistoryEnvironment town);

    /** A user applies a MailDomain, or changes it. */
    record Apply(int namespace, String domain, String spec) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).apply("""
                    apiVersion: maildomain.io/v1alpha1
                    kind: MailDomain
                    metadata: {name: %s}
                    spec: {domain: %s, credentials: {secretRef: {name: tokens}}, %s}
                    """.formatted(HistoryEnvironment.nameOf(domain), domain, spec));
        }
    }

    /** A user deletes it. */
    record Delete(int namespace, String domain) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).deleteMailDomain(HistoryEnvironment.nameOf(domain));
        }
    }

    /** A user applies a CatchAllRule, or changes it. */
    record ApplyCatchAll(int namespace, String domain, String action) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).apply("""
                    apiVersion: maildomain.io/v1alpha1
                    kind: CatchAllRule
                    metadata: {name: %1$s}
                    spec: {domainRef: {name: %1$s}, action: {%2$s}}
                    """.formatted(HistoryEnvironment.nameOf(domain), action));
        }
    }

    /** A user deletes it. */
    record DeleteCatchAll(int namespace, String domain) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).deleteCatchAllRule(HistoryEnvironment.nameOf(domain));
        }
    }

    /** A user applies a Mailbox for a MailDomain of the same namespace or another one, or changes it. */
    record ApplyMailbox(int namespace, int ofNamespace, String domain, String local, String rest) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).apply("""
                    apiVersion: maildomain.io/v1alpha1
                    kind: Mailbox
                    metadata: {name: %1$s}
                    spec: {domainRef: {name: %2$s, namespace: %3$s}, address: %4$s@%5$s, %6$s}
                    """.formatted(
                            name(domain, local, ofNamespace),
                            HistoryEnvironment.nameOf(domain),
                            town.place(ofNamespace).namespace(),
                            local,
                            domain,
                            rest));
        }

        /** Another one for another address or MailDomain: neither can be changed. */
        private static String name(String domain, String local, int ofNamespace) {
            return "%s-%s-%d".formatted(HistoryEnvironment.nameOf(domain), local, ofNamespace);
        }
    }

    /** A user deletes it. */
    record DeleteMailbox(int namespace, int ofNamespace, String domain, String local) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).deleteMailbox(ApplyMailbox.name(domain, local, ofNamespace));
        }
    }

    /** A user applies a DestinationAddress, or changes what becomes of the address. */
    record ApplyDestination(int namespace, String email, String deletionPolicy) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).apply("""
                    apiVersion: maildomain.io/v1alpha1
                    kind: DestinationAddress
                    metadata: {name: %s}
                    spec: {accountRef: {name: %s}, email: %s, deletionPolicy: %s}
                    """.formatted(name(email), town.account(), email, deletionPolicy));
        }

        private static String name(String email) {
            return email.substring(0, email.indexOf('@'));
        }
    }

    /** A user deletes it. */
    record DeleteDestination(int namespace, String email) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace).deleteDestination(ApplyDestination.name(email));
        }
    }

    /** A user adds an address in the dashboard. */
    record AddAddress(String email) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.addsByHand(email);
        }
    }

    /** The owner of an address clicks the link that Cloudflare mailed. */
    record Click(String email) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.clicks(email);
        }
    }

    /** Calls fail. */
    record Trouble(FaultKind kind, String method, String path, int after, int times) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.controls()
                    .addFault(FaultPlan.next(method, path, kind.fault())
                            .withAfter(after)
                            .withTimes(times));
        }
    }

    /** The operator is killed and started again. */
    record Kill() implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.killAndRestart();
        }
    }

    /** The registrar has the domain's new name servers. */
    record Activate(String domain) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.controls().zone(domain).ifPresent(zone -> town.controls().activate(domain));
        }
    }

    /** A user changes one of the operator's rules in the dashboard, or deletes it. */
    record Meddle(String domain, int which, boolean deletes) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.change(domain, zone -> {
                List<RoutingRule> ours =
                        zone.rules().stream().filter(HistoryEnvironment::isOurs).toList();
                if (ours.isEmpty()) {
                    return zone;
                }
                RoutingRule victim = ours.get(which % ours.size());
                if (deletes) {
                    town.deletesByHand(victim.id());
                }
                return zone.withRules(zone.rules().stream()
                        .filter(rule -> !deletes || rule != victim)
                        .map(rule ->
                                rule == victim ? HistoryEnvironment.pointed(rule, new Action("drop", List.of())) : rule)
                        .toList());
            });
        }
    }

    /** A user creates a rule of his own. */
    record AddForeign(String domain, String address) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            RoutingRule theirs = new RoutingRule(
                    null,
                    "by hand",
                    true,
                    5,
                    List.of(new RoutingRule.Matcher("literal", "to", address)),
                    List.of(new Action("forward", List.of("former@corp.example"))),
                    "api",
                    null,
                    town.now());
            town.change(domain, zone -> {
                boolean taken = zone.rules().stream()
                        .anyMatch(rule -> rule.address().filter(address::equals).isPresent());
                if (taken) {
                    return zone;
                }
                List<RoutingRule> more = new java.util.ArrayList<>(zone.rules());
                more.add(theirs);
                return zone.withRules(more);
            });
        }
    }

    /** A user switches Email Routing off. */
    record SwitchOff(String domain) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.change(domain, zone -> zone.withDnsRecords(zone.dnsRecords().stream()
                            .filter(dns -> dns.routingHost() == null)
                            .toList())
                    .withRouting(zone.routing().withHosts(Map.of(), town.now())));
        }
    }

    /** A user sets the catch-all. */
    record SetCatchAll(String domain) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.change(
                    domain,
                    zone -> zone.withCatchAll(new RoutingRule(
                            zone.catchAll().id(),
                            "by hand " + UUID.randomUUID(),
                            true,
                            zone.catchAll().priority(),
                            zone.catchAll().matchers(),
                            List.of(new Action("worker", List.of("mailbox-worker"))),
                            "api",
                            null,
                            zone.catchAll().createdOn())));
        }
    }

    /** A namespace gets another token; the old one is revoked. */
    record Rotate(int namespace, boolean gap) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            Controls cloudflare = town.controls();
            String old = town.tokenName(namespace);
            if (gap) {
                cloudflare.revokeToken(old);
            }
            town.mint(namespace);
            if (!gap) {
                cloudflare.revokeToken(old);
            }
        }
    }

    /** A user writes into a status that the zone is the operator's own. */
    record Forge(int namespace, String domain) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            town.place(namespace)
                    .forgeStatus(
                            HistoryEnvironment.nameOf(domain),
                            "{\"status\": {\"ownership\": {\"zone\": {\"origin\": \"Created\"}}}}");
        }
    }

    /** Nothing happens for a while. */
    record Pause(int millis) implements Step {

        @Override
        public void happen(HistoryEnvironment town) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }
}
