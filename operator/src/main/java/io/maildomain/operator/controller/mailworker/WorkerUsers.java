package io.maildomain.operator.controller.mailworker;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.MailboxWorker;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MailDomains, CatchAllRules and Mailboxes that name a Worker. They are gone over where one is deployed or goes, which is not often. */
public final class WorkerUsers {

    private static final int NAMED = 5;

    private final ResourceCache cluster;
    private final Consumer<HasMetadata> wake;

    /** @param wake reconciles the resource of that kind and name */
    public WorkerUsers(ResourceCache cluster, Consumer<HasMetadata> wake) {
        this.cluster = cluster;
        this.wake = wake;
    }

    /**
     * Those that name it, in a few words.
     *
     * @param namespace of the MailWorker: of others it is not told what is in them
     * @param accountId of the account that the Worker is in
     */
    List<String> named(String script, String accountId, String namespace) {
        List<String> all = using(script, accountId)
                .map(user -> namespace.equals(user.getMetadata().getNamespace())
                        ? user.getKind() + " " + user.getMetadata().getName()
                        : "a " + user.getKind() + " of another namespace")
                .distinct()
                .sorted()
                .toList();
        return all.size() <= NAMED
                ? all
                : Stream.concat(all.stream().limit(NAMED), Stream.of("+" + (all.size() - NAMED)))
                        .toList();
    }

    /** Has those look again that were waiting for it, perhaps. */
    void deployed(String script, String accountId) {
        using(script, accountId)
                .filter(user -> !isReady(user))
                .flatMap(user -> user instanceof Mailbox mailbox ? domainOf(mailbox).stream() : Stream.of(user))
                .distinct()
                .forEach(wake);
    }

    private static boolean isReady(HasMetadata user) {
        Conditioned status = null;
        if (user instanceof MailDomain domain) {
            status = domain.getStatus();
        } else if (user instanceof CatchAllRule rule) {
            status = rule.getStatus();
        } else if (user instanceof Mailbox mailbox) {
            status = mailbox.getStatus();
        }
        return isReady(status);
    }

    private static boolean isReady(@Nullable Conditioned status) {
        return status != null
                && status.condition(ConditionType.READY.value())
                        .filter(ready -> ready.holds())
                        .isPresent();
    }

    private Stream<HasMetadata> using(String script, String accountId) {
        Stream<HasMetadata> domains = cluster.mailDomains().stream()
                .filter(domain -> domain.getSpec() != null && mayBeIn(domain, accountId))
                .filter(domain -> domain.getSpec().rules().stream().anyMatch(rule -> rule.action()
                        .wantedWorker()
                        .filter(script::equals)
                        .isPresent()))
                .map(domain -> domain);
        Stream<HasMetadata> rules = cluster.catchAllRules().stream()
                .filter(rule -> rule.getSpec() != null
                        && rule.getSpec()
                                .action()
                                .wantedWorker()
                                .filter(script::equals)
                                .isPresent())
                .filter(rule -> domainOf(rule)
                        .filter(domain -> mayBeIn(domain, accountId))
                        .isPresent())
                .map(rule -> rule);
        Stream<HasMetadata> mailboxes = cluster.mailboxes().stream()
                .filter(mailbox ->
                        MailboxWorker.of(mailbox).filter(script::equals).isPresent())
                .filter(mailbox -> domainOf(mailbox)
                        .filter(domain -> mayBeIn(domain, accountId))
                        .isPresent())
                .map(mailbox -> mailbox);
        return Stream.of(domains, rules, mailboxes).flatMap(users -> users);
    }

    private Optional<MailDomain> domainOf(Mailbox mailbox) {
        MailDomainName name = MailDomainName.of(mailbox);
        return cluster.mailDomain(name.namespace(), name.name());
    }

    private Optional<MailDomain> domainOf(CatchAllRule rule) {
        return cluster.mailDomain(
                rule.getMetadata().getNamespace(), rule.getSpec().domainRef().name());
    }

    /** One whose account is not known yet may be in it. */
    private static boolean mayBeIn(MailDomain domain, String accountId) {
        return MailDomainStatus.notedZone(domain)
                .flatMap(ZoneOwnership::notedAccountId)
                .map(accountId::equals)
                .orElse(true);
    }
}
