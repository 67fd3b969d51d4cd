package io.maildomain.operator.controller.mailbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.operator.access.MailboxGrants;
import io.maildomain.operator.controller.mailbox.plan.MailboxAge;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which MailDomains look again because of a Mailbox, and which Mailboxes because of a MailDomain or a namespace. A Mailbox that is let
 * in nowhere costs no look: any namespace can create as many as it likes.
 */
public final class MailboxWatches {

    private final ResourceCache cluster;
    private final Clock clock;
    private final ChangedDomains changed;
    private final ExpiryClock expiries;
    private final Consumer<HasMetadata> trigger;

    MailboxWatches(
            ResourceCache cluster,
            Clock clock,
            ChangedDomains changed,
            ExpiryClock expiries,
            Consumer<HasMetadata> trigger) {
        this.cluster = cluster;
        this.clock = clock;
        this.changed = changed;
        this.expiries = expiries;
        this.trigger = trigger;
    }

    /** A Mailbox was added, changed or deleted. */
    public void mailboxChanged(Change<Mailbox> change) {
        Mailbox mailbox = change.either();
        if (mailbox.getSpec() == null) {
            return;
        }
        expiries.mailboxChanged(change);
        if (isNews(change)) {
            MailDomainName name = MailDomainName.of(mailbox);
            cluster.mailDomain(name.namespace(), name.name())
                    .filter(domain -> mayBeLetIn(domain, labelsOf(mailbox)))
                    .ifPresent(changed::heard);
        }
    }

    /** What an operator that starts sees for the first time is news only where it was not told of yet. */
    private boolean isNews(Change<Mailbox> change) {
        if (change.is().isEmpty()) {
            return true;
        }
        if (change.was().isEmpty()) {
            return !isTold(change.either());
        }
        return change.differs((before, after) -> !Objects.equals(
                        before.getMetadata().getGeneration(),
                        after.getMetadata().getGeneration())
                || before.isMarkedForDeletion() != after.isMarkedForDeletion());
    }

    private boolean isTold(Mailbox mailbox) {
        return Optional.ofNullable(mailbox.getStatus())
                .filter(status -> status.isOf(
                        mailbox.getMetadata().getUid(), mailbox.getMetadata().getGeneration()))
                // An operator whose clock went wrong may have said that it has expired.
                .filter(status ->
                        MailboxAge.isOver(mailbox, clock.instant()) == (status.state() == MailboxState.Expired))
                .filter(status -> !mailbox.isMarkedForDeletion())
                .isPresent();
    }

    private boolean isAttachedAsTold(Mailbox mailbox) {
        return isTold(mailbox) && mailbox.getStatus().state() != MailboxState.NotAttached;
    }

    /** A MailDomain came, went, or says something else of itself. */
    public void mailDomainChanged(Change<MailDomain> change) {
        if (change.comesOrGoes() || change.differs(MailboxWatches::mattersToMailboxes)) {
            cluster.mailboxesOf(MailDomainName.of(change.either())).forEach(trigger);
        }
    }

    private static boolean mattersToMailboxes(MailDomain before, MailDomain after) {
        return !MailDomainObstacle.of(before).equals(MailDomainObstacle.of(after))
                || before.getSpec() != null
                        && after.getSpec() != null
                        && !before.getSpec().mailboxes().equals(after.getSpec().mailboxes());
    }

    /**
     * The labels of a namespace changed: its Mailboxes may be let in where they were not, or the other way round. One that comes is one
     * that an operator which starts sees for the first time, unless it is newer than its Mailboxes' last word.
     */
    public void namespaceChanged(Change<Namespace> change) {
        Map<String, String> before = change.was().map(MailboxWatches::labels).orElse(Map.of());
        Map<String, String> after = change.is().map(MailboxWatches::labels).orElse(Map.of());
        if (before.equals(after)) {
            return;
        }
        List<Mailbox> there = cluster.mailboxesIn(change.either().getMetadata().getName());
        there.stream().map(MailDomainName::of).distinct().forEach(name -> cluster.mailDomain(
                        name.namespace(), name.name())
                .filter(domain -> !entries(domain, before).equals(entries(domain, after)))
                .ifPresent(domain -> {
                    List<Mailbox> concerned = there.stream()
                            .filter(mailbox -> MailDomainName.of(mailbox).equals(name))
                            .toList();
                    if (change.was().isPresent() || !concerned.stream().allMatch(this::isAttachedAsTold)) {
                        changed.heard(domain);
                        concerned.forEach(trigger);
                    }
                }));
    }

    private Map<String, String> labelsOf(Mailbox mailbox) {
        return cluster.labelsOf(mailbox.getMetadata().getNamespace());
    }

    /** While an operator starts, namespaces are known last. */
    private static boolean mayBeLetIn(MailDomain domain, Map<String, String> labels) {
        return labels.isEmpty() || !entries(domain, labels).isEmpty();
    }

    private static List<MailboxGrant> entries(MailDomain domain, Map<String, String> labels) {
        return domain.getSpec() == null
                ? List.of()
                : new MailboxGrants(domain.getSpec().mailboxes()).selecting(labels);
    }

    private static Map<String, String> labels(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of());
    }
}
