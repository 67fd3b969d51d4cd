package io.maildomain.operator.controller.offline.plan;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Admissible;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.maildomain.plan.DecidingRule;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.ownership.MailAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of a zone in the words of a spec, and those for which it has none. Pure. */
final class RuleExport {

    private static final int MOST_RULES = 200;
    static final String WRANGLERS = "wrangler keeps it, by the configuration of a Worker";

    private final String domain;
    private final List<LiveRule> live;
    private final List<MailRule> rules = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<LeftOut> left = new ArrayList<>();

    private RuleExport(String domain, List<RoutingRule> live) {
        this.domain = domain;
        this.live = live.stream().map(LiveRule::new).toList();
    }

    /**
     * @param ids of the rules, in the same order
     * @param left what no spec says
     */
    record Sorted(List<MailRule> rules, List<String> ids, List<LeftOut> left) {}

    static Sorted of(String domain, List<RoutingRule> live) {
        RuleExport export = new RuleExport(domain, live);
        export.live.forEach(export::sort);
        return new Sorted(export.rules, export.ids, export.left);
    }

    private void sort(LiveRule candidate) {
        RoutingRule rule = candidate.rule();
        Optional<MailAction> action = candidate.expressible();
        if (action.isEmpty()) {
            leave(rule, "it has several addresses, destinations or actions, or one that a manifest has no words for");
            return;
        }
        String address = rule.matchers().get(0).value().toLowerCase(Locale.ROOT);
        Optional<Action> wanted = inSpec(action.get());
        if (isWranglers(rule.source())) {
            leave(rule, WRANGLERS);
        } else if (!Admissible.address(address) || !isWithin(address)) {
            leave(rule, "its address is none that a MailDomain for " + domain + " can name");
        } else if (!isDeciding(candidate, address)) {
            leave(rule, "of several rules for its address another one decides");
        } else if (wanted.isEmpty()) {
            leave(rule, "its target is none that a manifest can name");
        } else if (action.get() instanceof MailAction.Forward forward && isWithin(forward.comparable())) {
            leave(rule, "it forwards to " + domain + " itself, where mail can loop");
        } else if (rules.size() == MOST_RULES) {
            leave(rule, "a MailDomain has at most " + MOST_RULES + " rules");
        } else {
            rules.add(new MailRule(address, wanted.get(), rule.enabled(), priority(rule)));
            ids.add(rule.id());
        }
    }

    private void leave(RoutingRule rule, String why) {
        left.add(new LeftOut(describe(rule), why));
    }

    private boolean isDeciding(LiveRule candidate, String address) {
        List<LiveRule> standing =
                live.stream().filter(other -> other.catches(address)).toList();
        return DecidingRule.standing(standing)
                .filter(deciding -> deciding == candidate)
                .isPresent();
    }

    private boolean isWithin(String address) {
        String host = DesiredState.hostOf(address);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /** Cloudflare's own default is left out: what is left out is not compared. */
    private static @Nullable Integer priority(RoutingRule rule) {
        return rule.priority() > 0 && rule.priority() < Integer.MAX_VALUE ? rule.priority() : null;
    }

    static boolean isWranglers(String source) {
        return "wrangler".equals(source);
    }

    /** The action as a manifest says it; empty where the API server would refuse that. */
    static Optional<Action> inSpec(MailAction action) {
        if (action instanceof MailAction.Forward forward) {
            return Optional.of(forward.comparable()).filter(Admissible::address).map(Action::forwarding);
        }
        if (action instanceof MailAction.Worker worker) {
            return Optional.of(worker.name()).filter(Admissible::worker).map(Action::handingTo);
        }
        return Optional.of(Action.dropping());
    }

    private static String describe(RoutingRule rule) {
        String matchers = rule.matchers().stream().map(RuleExport::describe).collect(Collectors.joining(", "));
        String named = rule.name().isEmpty() ? "" : " \"" + rule.name() + "\"";
        return "rule" + named + " for " + (matchers.isEmpty() ? "nothing" : matchers) + " -> "
                + describe(rule.actions()) + (rule.enabled() ? "" : " (disabled)");
    }

    private static String describe(Matcher matcher) {
        boolean literal = matcher.type().equals("literal") && matcher.field().equals("to");
        return literal ? matcher.value() : (matcher.type() + " " + matcher.field() + " " + matcher.value()).strip();
    }

    /** In words, whatever it is. */
    static String describe(List<RuleAction> actions) {
        String all = actions.stream()
                .map(action -> (action.type() + " " + String.join(", ", action.values())).strip())
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "nothing" : all;
    }
}
