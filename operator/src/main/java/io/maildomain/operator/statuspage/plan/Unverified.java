package io.maildomain.operator.statuspage.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which destination addresses resources wait for, by what their statuses say. A status that speaks of another spec, or that nothing refreshes
 * any more, names none: the address would be that of now, the state that of before.
 */
public final class Unverified {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::address).thenComparing(Place::account);

    /** @param account "" where the resource does not name it */
    private record Place(String address, String account) {}

    private record Wait(Place place, String resource) {}

    private Unverified() {}

    /** One for each address and account, in the order of the alphabet. */
    public static List<DestinationFact> of(
            List<MailDomain> domains,
            List<CatchAllRule> catchAlls,
            List<Mailbox> mailboxes,
            List<DestinationAddress> destinations) {
        Stream<Wait> waits = Stream.of(
                        domains.stream().flatMap(Unverified::ofDomain),
                        catchAlls.stream().flatMap(Unverified::ofCatchAll),
                        mailboxes.stream().flatMap(Unverified::ofMailbox),
                        destinations.stream().flatMap(Unverified::ofDestination))
                .flatMap(each -> each);
        Map<Place, Set<String>> askedBy = waits.collect(Collectors.groupingBy(
                Wait::place,
                () -> new TreeMap<Place, Set<String>>(ORDER),
                Collectors.mapping(Wait::resource, Collectors.toCollection(TreeSet::new))));
        return askedBy.entrySet().stream()
                .map(entry -> new DestinationFact(
                        entry.getKey().address(), entry.getKey().account(), List.copyOf(entry.getValue())))
                .toList();
    }

    private static Stream<Wait> ofDomain(MailDomain domain) {
        if (domain.getSpec() == null
                || domain.getSpec().suspend()
                || !isOfNow(domain, domain.getStatus())
                || hasLostItsDomain(domain.getStatus())) {
            return Stream.empty();
        }
        Set<String> waiting = domain.getStatus().rules().stream()
                .filter(rule -> rule.state() == RuleState.DestinationUnverified)
                .map(RuleStatus::address)
                .collect(Collectors.toSet());
        String account = domain.getSpec()
                .credentials()
                .wantedAccount()
                .map(ref -> ref.name())
                .orElse("");
        return waiting.isEmpty()
                ? Stream.empty()
                : domain.getSpec().rules().stream()
                        .filter(rule -> waiting.contains(rule.address()))
                        .flatMap(rule -> waiting(rule.action(), account, domain));
    }

    private static Stream<Wait> ofCatchAll(CatchAllRule rule) {
        boolean waits = Optional.ofNullable(rule.getStatus())
                .filter(status -> isOfNow(rule, status))
                .flatMap(status -> status.condition(ConditionType.CATCH_ALL_APPLIED.value()))
                .filter(applied -> !applied.holds() && isUnverified(applied))
                .isPresent();
        return waits && rule.getSpec() != null ? waiting(rule.getSpec().action(), "", rule) : Stream.empty();
    }

    private static boolean isUnverified(Condition condition) {
        return condition.says(Reason.DestinationUnverified);
    }

    private static Stream<Wait> ofMailbox(Mailbox mailbox) {
        boolean waits = Optional.ofNullable(mailbox.getStatus())
                .filter(status -> isOfNow(mailbox, status))
                .flatMap(MailboxStatus::saidState)
                .filter(MailboxState.DestinationUnverified::equals)
                .isPresent();
        return waits && mailbox.getSpec() != null ? waiting(mailbox.getSpec().action(), "", mailbox) : Stream.empty();
    }

    private static Stream<Wait> ofDestination(DestinationAddress destination) {
        boolean waits = Optional.ofNullable(destination.getStatus())
                .filter(status -> isOfNow(destination, status))
                .flatMap(DestinationAddressStatus::saidState)
                .filter(DestinationState.Unverified::equals)
                .isPresent();
        return waits && destination.getSpec() != null && destination.getSpec().email() != null
                ? Stream.of(new Wait(
                        new Place(
                                destination.getSpec().email(),
                                destination.getSpec().accountRef().name()),
                        Said.nameOf(destination)))
                : Stream.empty();
    }

    private static boolean isOfNow(HasMetadata resource, @Nullable Conditioned status) {
        return !resource.isMarkedForDeletion() && Standing.isOfThisSpec(resource, status);
    }

    private static boolean hasLostItsDomain(Conditioned status) {
        return status.condition(ConditionType.ZONE_READY.value())
                .flatMap(Condition::knownReason)
                .filter(Reason::isLostClaim)
                .isPresent();
    }

    private static Stream<Wait> waiting(@Nullable Action action, String account, HasMetadata resource) {
        return Optional.ofNullable(action)
                .flatMap(Action::wantedForwardTo)
                .map(address -> new Wait(new Place(address, account), Said.nameOf(resource)))
                .stream();
    }
}
