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
import io.maildomain.operator.trace.plan.Hop.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule or catch-all that a resource asks for, and how it fares.
 *
 * @param action null: the resource names none that this version knows
 * @param resource which asks for it, as {@code Kind namespace/name}
 * @param state in one word, as the resource has it
 * @param says what the resource says of it; "" for nothing
 */
record AskedRule(
        @Nullable Action action, boolean enabled, String resource, Verdict verdict, String state, String says) {

    private static final Set<RuleState> STANDS = EnumSet.of(RuleState.Synced, RuleState.Matched);

    /** There is no rule for it, and there will be none before something changes. */
    private static final Set<MailboxState> WITHOUT_RULE = EnumSet.of(
            MailboxState.Expired, MailboxState.NotAttached, MailboxState.Conflict, MailboxState.TooManyRules);

    private static final Set<MailboxState> NOT_WRITTEN = EnumSet.of(MailboxState.Pending, MailboxState.Waiting);

    /** Those for an address: the MailDomain's own comes before that of a Mailbox. */
    static Optional<AskedRule> of(String address, TraceResources resources) {
        return Stream.concat(
                        resources.domain().getSpec().rules().stream()
                                .filter(rule -> rule.address().equalsIgnoreCase(address))
                                .map(rule -> ofRule(rule, resources.domain())),
                        resources.mailboxes().stream()
                                .filter(mailbox -> mailbox.getSpec().address().equalsIgnoreCase(address))
                                .filter(mailbox -> !WITHOUT_RULE.contains(state(mailbox)))
                                .map(AskedRule::ofMailbox))
                .findFirst();
    }

    /** The CatchAllRule that has been applied, else the first; empty where there is none. */
    static Optional<AskedRule> ofCatchAll(TraceResources resources) {
        List<AskedRule> all =
                resources.catchAlls().stream().map(AskedRule::ofCatchAllRule).toList();
        return all.stream()
                .filter(rule -> rule.verdict() == Verdict.OK)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static AskedRule ofRule(MailRule rule, MailDomain domain) {
        String resource = "MailDomain " + domain.getMetadata().getNamespace() + "/"
                + domain.getMetadata().getName();
        Optional<RuleStatus> status = Optional.ofNullable(domain.getStatus()).map(MailDomainStatus::rules).stream()
                .flatMap(List::stream)
                .filter(said -> rule.address().equalsIgnoreCase(said.address()))
                .findFirst();
        RuleState state = status.map(RuleStatus::state).orElse(RuleState.Pending);
        return new AskedRule(
                rule.action(),
                rule.enabled(),
                resource,
                STANDS.contains(state) ? Verdict.OK : state == RuleState.Pending ? Verdict.UNKNOWN : Verdict.WRONG,
                state.name(),
                status.map(Said::of).orElse(""));
    }

    private static AskedRule ofMailbox(Mailbox mailbox) {
        MailboxState state = state(mailbox);
        boolean stands = state == MailboxState.Active || state == MailboxState.Disabled;
        return new AskedRule(
                mailbox.getSpec().action(),
                mailbox.getSpec().enabled(),
                "Mailbox " + mailbox.getMetadata().getNamespace() + "/"
                        + mailbox.getMetadata().getName(),
                stands ? Verdict.OK : NOT_WRITTEN.contains(state) ? Verdict.UNKNOWN : Verdict.WRONG,
                state.name(),
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
                "CatchAllRule " + rule.getMetadata().getNamespace() + "/"
                        + rule.getMetadata().getName(),
                applied.isEmpty() ? Verdict.UNKNOWN : applied.get().holds() ? Verdict.OK : Verdict.WRONG,
                applied.map(Condition::reason).orElse(RuleState.Pending.name()),
                applied.map(Said::of).map(Said::message).orElse(""));
    }

    private static MailboxState state(Mailbox mailbox) {
        return Optional.ofNullable(mailbox.getStatus())
                .flatMap(MailboxStatus::saidState)
                .orElse(MailboxState.Pending);
    }
}
