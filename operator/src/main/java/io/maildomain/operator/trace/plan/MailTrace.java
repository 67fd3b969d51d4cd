package io.maildomain.operator.trace.plan;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.DecidingRule;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.TraceFacts.Asked;
import io.maildomain.operator.trace.plan.TraceFacts.Content;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of mail to an address, hop by hop. Which rule decides follows the documentation of Email Routing: the one for the exact
 * address, with subaddressing the one for what stands before the plus, else the catch-all. The simulator follows it by code of its own, and a
 * property holds the two together.
 *
 * @param ruleId of the rule that decides; "" if none does
 */
public record MailTrace(String address, List<Hop> hops, Destiny destiny, String ruleId) {

    public MailTrace {
        hops = List.copyOf(hops);
    }

    /** @param address lower case, its domain as A-labels, with a name before the at */
    public static MailTrace of(String address, TraceFacts facts) {
        return new Walk(address, facts).trace();
    }

    /** Whether a person or a Worker gets the mail: no, where a hop is wrong; not known, where one that counts could not be seen. */
    public Known arrives() {
        if (has(Verdict.WRONG)) {
            return Known.NO;
        }
        return destiny.arrives() == Known.YES && has(Verdict.UNKNOWN) ? Known.UNKNOWN : destiny.arrives();
    }

    /** What becomes of the mail, in a sentence. */
    public String sentence() {
        String end = destiny.words();
        if (destiny.arrives() == Known.NO) {
            return isRuleOpen() ? end + ", as far as can be seen" : end;
        }
        return switch (arrives()) {
            case YES -> has(Verdict.OPEN) ? end + ", as far as can be seen" : end;
            case NO -> "does not arrive; once what is wrong is mended: " + end;
            case UNKNOWN ->
                destiny instanceof Destiny.Unknown
                        ? "where it goes could not be found out"
                        : "whether it arrives could not be found out; the rules say: " + end;
        };
    }

    /** Whether another rule, which was not looked for, may decide instead. */
    private boolean isRuleOpen() {
        return hops.stream().anyMatch(hop -> hop.stage() == Stage.RULE && hop.verdict() == Verdict.OPEN);
    }

    private boolean has(Verdict verdict) {
        return hops.stream().anyMatch(hop -> hop.verdict() == verdict);
    }

    /** Lives as long as one trace. */
    private static final class Walk {

        private static final Set<RuleState> ABSENT =
                EnumSet.of(RuleState.DestinationUnverified, RuleState.WorkerMissing);

        private final String address;
        private final String host;
        private final TraceFacts facts;
        private final List<Hop> hops = new ArrayList<>();

        Walk(String address, TraceFacts facts) {
            this.address = address;
            this.host = DesiredState.hostOf(address);
            this.facts = facts;
        }

        MailTrace trace() {
            Zone zone = facts.zone();
            if (zone == null) {
                hop(Stage.PUBLIC_DNS, Verdict.OPEN, "not asked, since no zone is known");
                return end(
                        Stage.ZONE,
                        Verdict.WRONG,
                        "the token sees no zone that holds " + UnicodeName.shown(host),
                        new Destiny.Elsewhere());
            }
            lookFromOutside(zone);
            String named = "zone " + UnicodeName.shown(zone.name()) + " is " + zone.status();
            if (!zone.status().equals("active")) {
                return end(
                        Stage.ZONE,
                        Verdict.WRONG,
                        named + ": the world does not ask Cloudflare's name servers",
                        new Destiny.Elsewhere());
            }
            hop(Stage.ZONE, Verdict.OK, named);
            Content content = facts.content();
            return content == null
                    ? end(Stage.ROUTING, Verdict.UNKNOWN, "not looked at", new Destiny.Unknown())
                    : inZone(zone, content);
        }

        private void lookFromOutside(Zone zone) {
            if (facts.world() == null) {
                hop(Stage.PUBLIC_DNS, Verdict.OPEN, "not asked");
            } else {
                hops.add(PublicLook.of(facts.world(), zone, host));
            }
        }

        private MailTrace inZone(Zone zone, Content content) {
            boolean isApex = host.equals(zone.name());
            String named = UnicodeName.shown(host);
            if (isApex && !content.routing().enabled()) {
                return end(
                        Stage.ROUTING,
                        Verdict.WRONG,
                        "Email Routing is off: mail goes where other MX records say",
                        new Destiny.Elsewhere());
            }
            MailHost records = isApex ? content.host().withSettings(content.routing()) : content.host();
            MailHost mail = facts.world() == null
                    ? records
                    : records.or(PublicLook.exchangers(facts.world().host()));
            if (mail.routed() == Known.NO) {
                return end(
                        Stage.ROUTING,
                        Verdict.WRONG,
                        "%s has no MX record of Email Routing's".formatted(named),
                        new Destiny.Elsewhere());
            }
            if (mail.shared() == Known.YES) {
                hop(
                        Stage.ROUTING,
                        Verdict.WRONG,
                        "besides Email Routing's, %s has MX records of others: %s".formatted(named, mail.others()));
            } else if (mail.routed() == Known.UNKNOWN) {
                hop(
                        Stage.ROUTING,
                        Verdict.UNKNOWN,
                        "whether %s has Email Routing's MX records is not known".formatted(named));
            } else {
                hop(Stage.ROUTING, Verdict.OK, "on for " + named);
            }
            return decided(content);
        }

        private MailTrace decided(Content content) {
            List<String> passed = new ArrayList<>();
            Optional<RoutingRule> rule = ruleFor(content, address, passed).or(() -> withoutDetail(content, passed));
            if (rule.isPresent()) {
                passed.add("the rule for " + shown(rule.get()) + " decides");
                hop(Stage.RULE, Verdict.OK, String.join("; ", passed));
                RoutingRule found = rule.get();
                return followed(found.id(), found.name(), found.source(), found.actions(), shown(found));
            }
            CatchAll last = content.catchAll();
            if (!last.enabled()) {
                passed.add("the catch-all is off");
                return end(Stage.RULE, Verdict.WRONG, String.join("; ", passed), new Destiny.Rejected());
            }
            passed.add("the catch-all decides");
            hop(Stage.RULE, Verdict.OK, String.join("; ", passed));
            return followed(last.id(), last.name(), last.source(), last.actions(), "");
        }

        private Optional<RoutingRule> ruleFor(Content content, String wanted, List<String> passed) {
            List<LiveRule> there = DecidingRule.catching(wanted, content.rules());
            Optional<RoutingRule> deciding =
                    DecidingRule.of(wanted, content.rules()).map(LiveRule::rule);
            if (there.isEmpty()) {
                passed.add("there is no rule for " + wanted + asked(wanted));
            } else if (deciding.isEmpty()) {
                passed.add("the rule for " + wanted + " is disabled");
            }
            return deciding;
        }

        /** What the cluster says of a rule that is not there. */
        private String asked(String wanted) {
            return facts.asked().entrySet().stream()
                    .filter(resource -> resource.getValue().containsKey(wanted))
                    .map(resource -> ", which the MailDomain %s asks for and calls %s"
                            .formatted(
                                    resource.getKey(),
                                    resource.getValue().get(wanted).state()))
                    .sorted()
                    .findFirst()
                    .orElse("");
        }

        private Optional<RoutingRule> withoutDetail(Content content, List<String> passed) {
            int plus = address.indexOf('+');
            if (plus < 1 || plus > address.lastIndexOf('@')) {
                return Optional.empty();
            }
            if (!content.routing().subaddressing()) {
                passed.add("subaddressing is off, so what stands before the plus does not count");
                return Optional.empty();
            }
            return ruleFor(content, address.substring(0, plus) + "@" + host, passed);
        }

        private static String shown(RoutingRule rule) {
            return rule.matchers().stream()
                    .map(matcher -> matcher.value())
                    .findFirst()
                    .orElse(rule.name());
        }

        private MailTrace followed(
                String ruleId, String name, String source, List<RuleAction> actions, String ruleAddress) {
            Optional<MailAction> action = MailAction.of(actions);
            Optional<Asked> asked = maker(name)
                    .map(maker -> facts.asked().getOrDefault(maker, Map.of()))
                    .map(wanted -> wanted.get(ruleAddress.toLowerCase(Locale.ROOT)));
            Destiny destiny = action.map(known -> target(known, asked)).orElseGet(() -> {
                hop(Stage.TARGET, Verdict.UNKNOWN, "the rule does what this version has no words for");
                return new Destiny.Unknown();
            });
            hop(Stage.RESOURCE, Verdict.OK, resource(name, source));
            return new MailTrace(address, hops, destiny, ruleId);
        }

        private Destiny target(MailAction action, Optional<Asked> asked) {
            if (action instanceof MailAction.Drop) {
                hop(Stage.TARGET, Verdict.OK, "the mail is dropped, as the rule says");
                return new Destiny.Dropped();
            }
            boolean forwards = action instanceof MailAction.Forward;
            String named = forwards ? "destination " + action.value() : "the Worker " + action.value();
            // A state is about what the spec asks for, which the rule that stands may not do yet, or not any more.
            Optional<RuleState> said =
                    asked.filter(wanted -> wanted.action().sameAs(action)).map(Asked::state);
            String other = asked.filter(wanted -> said.isEmpty())
                    .map(wanted -> "; the MailDomain asks for %s, and calls that %s"
                            .formatted(wanted.action().describe(), wanted.state()))
                    .orElse("");
            if (said.filter(ABSENT::contains).isPresent()) {
                hop(Stage.TARGET, Verdict.WRONG, named + (forwards ? " is not verified" : " is not there"));
            } else if (said.filter(RuleState.Synced::equals).isPresent()) {
                hop(Stage.TARGET, Verdict.OK, named + ": Cloudflare took the rule, and the MailDomain says Synced");
            } else {
                hop(
                        Stage.TARGET,
                        Verdict.OPEN,
                        named + (forwards ? ": whether it is verified" : ": whether it is there")
                                + " takes a right that the operator's token does not have" + other);
            }
            return forwards ? new Destiny.Forwarded(action.value()) : new Destiny.Handed(action.value());
        }

        /** Of a rule that an installation of the operator created: the words of others may be anything. */
        private static Optional<String> maker(String ruleName) {
            return OwnerMark.markIn(ruleName).flatMap(mark -> OwnerMark.makerIn(ruleName));
        }

        private static String resource(String name, String source) {
            if ("wrangler".equals(source)) {
                return "wrangler keeps the rule: the configuration of a Worker says it";
            }
            if (OwnerMark.markIn(name).isPresent()) {
                return maker(name)
                        .map(maker -> "the rule was created for the resource " + maker)
                        .orElse("an installation of the operator created the rule");
            }
            return "another user or tool created the rule" + (name.isBlank() ? "" : ", \"" + name + "\"");
        }

        private void hop(Stage stage, Verdict verdict, String sentence) {
            hops.add(new Hop(stage, verdict, sentence));
        }

        private MailTrace end(Stage stage, Verdict verdict, String sentence, Destiny destiny) {
            hop(stage, verdict, sentence);
            return new MailTrace(address, hops, destiny, "");
        }
    }
}
