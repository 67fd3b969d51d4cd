package io.maildomain.operator.statuspage.plan;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule or catch-all that a resource asks for, and how it fares. Where it does not stand, the rule of another user, an older one or none may be
 * there instead: no resource says which.
 *
 * @param action null: the resource names none that this version knows
 * @param resource which asks for it, as {@code Kind namespace/name}
 * @param stands whether it was written as the resource asks for it now
 * @param state in one word, as the resource has it
 * @param says what the resource says of it; "" for nothing
 */
record AskedRule(@Nullable Action action, boolean enabled, String resource, boolean stands, String state, String says) {

    private static final Set<RuleState> STANDS = EnumSet.of(RuleState.Synced, RuleState.Matched);

    /** There is no rule for it. Others may still have one, or there may be that of another user. */
    private static final Set<MailboxState> WITHOUT_RULE = EnumSet.of(MailboxState.Expired, MailboxState.TooManyRules);

    private static final Set<MailboxState> WRITTEN = EnumSet.of(MailboxState.Active, MailboxState.Disabled);

    /** The one that has the address, else the oldest. */
    private static final Comparator<Mailbox> FIRST = Comparator.comparing((Mailbox mailbox) -> !isWritten(mailbox))
            .thenComparing(mailbox -> Said.text(mailbox.getMetadata().getCreationTimestamp()))
            .thenComparing(Said::nameOf);

    /** The one for an address: the MailDomain's own comes before that of a Mailbox. */
    static Optional<AskedRule> of(String address, TraceResources resources) {
        return Stream.concat(
                        resources.domain().getSpec().rules().stream()
                                .filter(rule -> address.equalsIgnoreCase(rule.address()))
                                .map(rule -> ofRule(address, rule, resources.domain())),
                        mailboxes(address, resources)
                                .filter(mailbox -> !WITHOUT_RULE.contains(state(mailbox)))
                                .map(AskedRule::ofMailbox))
                .findFirst();
    }

    /** Who asks for one in vain, in words; "" where none does. */
    static String inVain(String address, TraceResources resources) {
        return mailboxes(address, resources)
                .filter(mailbox -> WITHOUT_RULE.contains(state(mailbox)))
                .limit(1)
                .map(mailbox -> Said.nameOf(mailbox) + " asks for a rule for " + address + " and is " + state(mailbox))
                .collect(Collectors.joining());
    }

    private static Stream<Mailbox> mailboxes(String address, TraceResources resources) {
        return resources.mailboxes().stream()
                .filter(mailbox -> address.equalsIgnoreCase(mailbox.getSpec().address()))
                .sorted(FIRST);
    }

    /** The CatchAllRule that has been applied, else the first; empty where there is none. */
    static Optional<AskedRule> ofCatchAll(TraceResources resources) {
        List<AskedRule> all =
                resources.catchAlls().stream().map(AskedRule::ofCatchAllRule).toList();
        return all.stream().filter(AskedRule::stands).findFirst().or(() -> all.stream()
                .findFirst());
    }

    private static AskedRule ofRule(String address, MailRule rule, MailDomain domain) {
        Optional<RuleStatus> status = Optional.ofNullable(domain.getStatus()).map(MailDomainStatus::rules).stream()
                .flatMap(List::stream)
                .filter(said -> address.equalsIgnoreCase(said.address()))
                .findFirst();
        RuleState state = status.map(RuleStatus::state).orElse(RuleState.Pending);
        return new AskedRule(
                rule.action(),
                rule.enabled(),
                Said.nameOf(domain),
                STANDS.contains(state) && Standing.isOfThisSpec(domain, domain.getStatus()),
                state.name(),
                status.map(Said::of).orElse(""));
    }

    private static AskedRule ofMailbox(Mailbox mailbox) {
        return new AskedRule(
                mailbox.getSpec().action(),
                mailbox.getSpec().enabled(),
                Said.nameOf(mailbox),
                isWritten(mailbox),
                state(mailbox).name(),
                Optional.ofNullable(mailbox.getStatus())
                        .flatMap(status -> Said.by(status, ConditionType.READY))
                        .orElse(""));
    }

    private static AskedRule ofCatchAllRule(CatchAllRule rule) {
        Optional<Condition> applied = Optional.ofNullable(rule.getStatus())
                .flatMap(status -> status.condition(ConditionType.CATCH_ALL_APPLIED.value()));
        return new AskedRule(
                rule.getSpec().action(),
                rule.getSpec().enabled(),
                Said.nameOf(rule),
                applied.filter(Condition::holds).isPresent() && Standing.isOfThisSpec(rule, rule.getStatus()),
                applied.map(Condition::reason).orElse(RuleState.Pending.name()),
                applied.map(Said::of).map(Said::message).orElse(""));
    }

    private static boolean isWritten(Mailbox mailbox) {
        return WRITTEN.contains(state(mailbox)) && Standing.isOfThisSpec(mailbox, mailbox.getStatus());
    }

    private static MailboxState state(Mailbox mailbox) {
        return Optional.ofNullable(mailbox.getStatus())
                .flatMap(MailboxStatus::saidState)
                .orElse(MailboxState.Pending);
    }
}
