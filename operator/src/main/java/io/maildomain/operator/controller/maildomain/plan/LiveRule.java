package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rule as it stands at Cloudflare, with the questions that planning asks of it. */
public record LiveRule(RoutingRule rule) {

    String id() {
        return rule.id();
    }

    /** The addresses that the rule catches, lower case. */
    List<String> addresses() {
        return rule.matchers().stream()
                .filter(LiveRule::isLiteralTo)
                .map(matcher -> matcher.value().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What people know it by: the address, or its name where it has none. */
    String describe() {
        return addresses().stream().findFirst().orElse(rule.name());
    }

    public boolean catches(String address) {
        return addresses().contains(address.toLowerCase(Locale.ROOT));
    }

    /** Whether it catches an address of this very host. */
    public boolean isUnder(String host) {
        return addresses().stream()
                .anyMatch(address -> DesiredState.hostOf(address).equals(host));
    }

    /** What the rule does; empty where our API has no words for it: several matchers, actions or values. */
    public Optional<MailAction> expressible() {
        boolean oneAddress = rule.matchers().size() == 1 && addresses().size() == 1;
        return oneAddress ? MailAction.of(rule.actions()) : Optional.empty();
    }

    /** Ours is what carries our mark. A rule that wrangler keeps is wrangler's, whatever its name says. */
    public boolean isOurs(OwnerMark mark) {
        return mark.isOn(rule.name()) && !isWranglers();
    }

    /** The resource that its name says made it. */
    Optional<String> maker() {
        return OwnerMark.makerIn(rule.name());
    }

    /** The namespace of the Mailbox that its name says asked for it. */
    Optional<String> mailbox() {
        return OwnerMark.mailboxIn(rule.name());
    }

    boolean isWranglers() {
        return "wrangler".equals(rule.source());
    }

    boolean mayBeAdopted(OwnerMark mark) {
        return expressible().isPresent() && !isWranglers() && !mark.isForeignOn(rule.name());
    }

    /** Whether the rule does what is asked: fields that the spec leaves out are not compared. */
    boolean does(MailAction action, boolean enabled, Optional<Integer> priority) {
        return expressible().filter(action::sameAs).isPresent()
                && rule.enabled() == enabled
                && priority.filter(desired -> desired != rule.priority()).isEmpty();
    }

    /** What the ownership record keeps of a rule that is taken over. */
    public RuleContent content() {
        MailAction action = expressible().orElseThrow();
        return new RuleContent(
                rule.name(),
                rule.enabled(),
                rule.priority(),
                action.type(),
                action.value().isEmpty() ? null : action.value());
    }

    boolean isEntry(AdoptedRule entry) {
        return id().equals(entry.id());
    }

    /** What catches this address and no other. */
    public static Matcher to(String address) {
        return new Matcher("literal", "to", address);
    }

    private static boolean isLiteralTo(Matcher matcher) {
        return "literal".equals(matcher.type()) && "to".equals(matcher.field());
    }
}
