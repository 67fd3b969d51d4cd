package io.maildomain.simulator.mail;

import io.maildomain.simulator.state.DestinationAddress;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import io.maildomain.simulator.state.ZoneStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What mail to an address would do, and why, step by step. Follows the documentation of Email Routing: the rule for the exact
 * address, with subaddressing the one for the part before the plus, else the catch-all. A Worker's code is not run.
 *
 * @param outcome in a few words, such as {@code forwarded to team@corp.example}
 * @param ruleId of the rule that decides; "" if none does
 * @param steps what led there
 */
public record MailTrace(String outcome, String ruleId, List<String> steps) {

    public MailTrace {
        steps = List.copyOf(steps);
    }

    /** Follows mail to the address through the world. */
    public static MailTrace of(World world, String address) {
        return new Tracing(world, address.strip().toLowerCase(Locale.ROOT)).trace();
    }

    private static final class Tracing {

        private static final String REJECTED = "rejected";

        private final World world;
        private final String address;
        private final List<String> steps = new ArrayList<>();

        private Tracing(World world, String address) {
            this.world = world;
            this.address = address;
        }

        private MailTrace trace() {
            int at = address.lastIndexOf('@');
            if (at < 1 || at == address.length() - 1) {
                return end("no address", "", "write it as name@domain");
            }
            String host = address.substring(at + 1);
            Optional<Zone> zone = zoneOf(host);
            if (zone.isEmpty()) {
                return end("not Cloudflare's affair", "", "no zone here holds " + host);
            }
            steps.add("zone " + zone.get().name() + " holds " + host);
            return inZone(zone.get(), host);
        }

        /** The longest name wins; of zones of one name the active one. */
        private Optional<Zone> zoneOf(String host) {
            return world.zones().stream()
                    .filter(zone -> zone.contains(host))
                    .max(Comparator.<Zone>comparingInt(zone -> zone.name().length())
                            .thenComparing(Tracing::isActive));
        }

        private static boolean isActive(Zone zone) {
            return zone.registration().status() == ZoneStatus.ACTIVE;
        }

        private MailTrace inZone(Zone zone, String host) {
            if (!isActive(zone)) {
                String status = zone.registration().status().wire();
                return end(
                        "not Cloudflare's affair",
                        "",
                        "the zone is " + status
                                + ": the registrar does not point to Cloudflare's name servers, so no mail is sent here");
            }
            if (!zone.routing().routes(host)) {
                return end(
                        "not Cloudflare's affair",
                        "",
                        "Email Routing is not on for " + host + ": mail goes where its other MX records say");
            }
            steps.add("Email Routing is on for " + host);
            return ruleFor(zone, address)
                    .or(() -> subaddressed(zone))
                    .map(rule -> follow(zone, rule, "rule " + shown(rule)))
                    .orElseGet(() -> catchAll(zone));
        }

        /** Of several for one address, which former years allowed, only the most recent one is processed. */
        private Optional<RoutingRule> ruleFor(Zone zone, String wanted) {
            List<RoutingRule> about = new ArrayList<>(zone.rules());
            about.removeIf(
                    rule -> rule.matchers().stream().noneMatch(matcher -> wanted.equalsIgnoreCase(matcher.value())));
            if (about.isEmpty()) {
                steps.add("no rule for " + wanted);
                return Optional.empty();
            }
            about.removeIf(rule -> !rule.enabled());
            if (about.isEmpty()) {
                steps.add("the rule for " + wanted + " is disabled");
            }
            return about.stream().reduce((older, newer) -> newer);
        }

        private Optional<RoutingRule> subaddressed(Zone zone) {
            int plus = address.indexOf('+');
            if (plus < 1) {
                return Optional.empty();
            }
            if (!zone.routing().supportSubaddress()) {
                steps.add("subaddressing is off, so what stands before the plus is not looked at");
                return Optional.empty();
            }
            return ruleFor(zone, address.substring(0, plus) + address.substring(address.lastIndexOf('@')));
        }

        private MailTrace catchAll(Zone zone) {
            if (!zone.catchAll().enabled()) {
                return end(REJECTED, "", "the catch-all is disabled");
            }
            return follow(zone, zone.catchAll(), "the catch-all");
        }

        private MailTrace follow(Zone zone, RoutingRule rule, String named) {
            steps.add(named + " decides");
            RoutingRule.Action action = rule.actions().isEmpty()
                    ? new RoutingRule.Action("drop", List.of())
                    : rule.actions().get(0);
            String target = String.join(", ", action.value());
            return switch (action.type()) {
                case "forward" -> forwarded(zone, rule, target);
                case "worker" -> handed(zone, rule, target);
                default -> end("dropped", rule.id(), "its action is " + action.type());
            };
        }

        private MailTrace forwarded(Zone zone, RoutingRule rule, String target) {
            boolean verified = world.account(zone.accountId())
                    .flatMap(account -> account.address(target))
                    .filter(DestinationAddress::isVerified)
                    .isPresent();
            return verified
                    ? end("forwarded to " + target, rule.id(), target + " is a verified destination")
                    : end(REJECTED, rule.id(), target + " is no verified destination of the account");
        }

        private MailTrace handed(Zone zone, RoutingRule rule, String target) {
            Optional<Worker> worker = world.account(zone.accountId()).flatMap(account -> account.worker(target));
            if (worker.isEmpty()) {
                return end(REJECTED, rule.id(), "there is no Worker " + target);
            }
            steps.add("the Worker " + target + " is there");
            return worker.get()
                    .servingVersion()
                    .map(version -> end("handed to the Worker " + target, rule.id(), serving(version)))
                    .orElseGet(() -> end(REJECTED, rule.id(), "no version of it serves"));
        }

        private static String serving(WorkerVersion version) {
            String message = version.annotations().getOrDefault("workers/message", "");
            return "version " + version.number() + " of it serves" + (message.isEmpty() ? "" : ": " + message);
        }

        private MailTrace end(String outcome, String ruleId, String last) {
            steps.add(last);
            return new MailTrace(outcome, ruleId, steps);
        }

        private static String shown(RoutingRule rule) {
            return rule.name().isBlank() ? rule.id() : "\"" + rule.name() + "\"";
        }
    }
}
