package io.maildomain.operator.controller.mailworker;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The MailDomains and CatchAllRules that name a Worker. They are gone over where one is deployed or goes, which is not often. */
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
                .filter(user -> !(user instanceof MailDomain domain ? isReady(domain.getStatus()) : isReady(user)))
                .forEach(wake);
    }

    private static boolean isReady(HasMetadata user) {
        return user instanceof CatchAllRule rule && isReady(rule.getStatus());
    }

    private static boolean isReady(Conditioned status) {
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
        return Stream.concat(domains, rules);
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
