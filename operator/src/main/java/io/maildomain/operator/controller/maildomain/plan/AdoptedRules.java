package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of ours that were another user's once (ADR 27). None of them is ever deleted: each goes back as
 * it was, or stays as it is where it is not known how it was. Pure.
 */
final class AdoptedRules {

    private final DesiredState desired;
    private final List<AdoptedRule> entries;

    AdoptedRules(DesiredState desired, Ownership ownership) {
        this.desired = desired;
        this.entries = ownership.adoptedRules();
    }

    /**
     * Whether this rule of ours was another user's: the ownership record says so, or, where that is lost or was another resource's,
     * the seal in its name at Cloudflare.
     */
    boolean holds(LiveRule rule) {
        return entryOf(rule).isPresent()
                || desired.mark().sealIn(rule.rule().name()).isPresent();
    }

    /** A rule that was taken over belongs to its address, even if a user pointed it to another one since. */
    boolean belongsTo(LiveRule rule, String address) {
        return entryOf(rule)
                .filter(entry -> entry.address().equalsIgnoreCase(address))
                .isPresent();
    }

    /** Whether other people's mail to this host depends on the rule. */
    boolean isUnder(LiveRule rule, String host) {
        return entryOf(rule)
                .map(entry -> DesiredState.hostOf(entry.address()).equals(host))
                .orElseGet(() -> holds(rule) && rule.isUnder(host));
    }

    /** Whether it is enabled once it was given back, or left as it is. */
    boolean endsEnabled(LiveRule rule) {
        return holds(rule)
                && knownEntry(rule)
                        .map(entry -> Boolean.TRUE.equals(entry.previous().enabled()))
                        .orElse(rule.rule().enabled());
    }

    /** Why it stays as it is; empty where it can be given back. */
    Optional<String> kept(LiveRule rule) {
        if (!holds(rule) || knownEntry(rule).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(entryOf(rule)
                .map(entry -> PlanMessages.ruleKept(entry.address()))
                .orElseGet(() -> PlanMessages.ruleKeptUnknown(rule.describe())));
    }

    /** Empty where it is not known how the rule was: it is left then, for it was never ours to delete. */
    Optional<Change> giveBack(LiveRule rule) {
        return knownEntry(rule).flatMap(entry -> draft(entry)
                .map(draft -> new Change.GiveBackRule(entry.address(), rule.id(), draft)));
    }

    private static Optional<RuleDraft> draft(AdoptedRule entry) {
        RuleContent previous = entry.previous();
        return MailAction.of(previous.actionType(), previous.actionValue())
                .map(action -> new RuleDraft(
                        previous.name(),
                        Boolean.TRUE.equals(previous.enabled()),
                        previous.priority() == null ? 0 : previous.priority(),
                        List.of(LiveRule.to(entry.address())),
                        List.of(action.toCloudflare())));
    }

    /**
     * What the ownership record says of a rule that can be given back. Its seal at Cloudflare must confirm that; or it must be nothing
     * but what the namespace may do anyway, for an ownership record can be forged.
     */
    private Optional<AdoptedRule> knownEntry(LiveRule rule) {
        return entryOf(rule)
                .filter(entry -> entry.previous() != null && desired.covers(DesiredState.hostOf(entry.address())))
                .filter(entry -> isSealed(entry, rule) || isGranted(entry.previous()));
    }

    private boolean isSealed(AdoptedRule entry, LiveRule rule) {
        return desired.mark()
                .sealIn(rule.rule().name())
                .filter(seal(entry.address(), rule.id(), entry.previous())::equals)
                .isPresent();
    }

    private boolean isGranted(RuleContent previous) {
        return MailAction.of(previous.actionType(), previous.actionValue())
                .filter(action -> desired.grants().action(desired.domain(), action))
                .isPresent();
    }

    private Optional<AdoptedRule> entryOf(LiveRule rule) {
        return entries.stream().filter(rule::isEntry).findFirst();
    }

    /** What a rule's name remembers of how it was. */
    static ContentHash seal(String address, String id, RuleContent content) {
        return ContentHash.of(
                address.toLowerCase(Locale.ROOT),
                id,
                content.name(),
                Boolean.TRUE.equals(content.enabled()),
                content.priority() == null ? 0 : content.priority(),
                content.actionType(),
                content.actionValue());
    }
}
