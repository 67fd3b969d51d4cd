package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster with the MailDomains that are gone while nothing is undone yet: as if they were still being deleted. */
public final class DepartedResourceCache implements ResourceCache {

    private final ResourceCache present;
    private final DepartedRecords departed;

    /** @param present what is there; of a MailDomain that is both it is what counts */
    public DepartedResourceCache(ResourceCache present, DepartedRecords departed) {
        this.present = present;
        this.departed = departed;
    }

    @Override
    public List<MailDomain> mailDomains() {
        return with(present.mailDomains(), domain -> true);
    }

    @Override
    public Optional<MailDomain> mailDomain(String namespace, String name) {
        return present.mailDomain(namespace, name).or(() -> departed.all().stream()
                .filter(domain -> domain.getMetadata().getNamespace().equals(namespace))
                .filter(domain -> domain.getMetadata().getName().equals(name))
                .findFirst());
    }

    @Override
    public List<MailDomain> mailDomainsFor(String domain) {
        return with(
                present.mailDomainsFor(domain),
                other -> other.getSpec().domain().equals(domain));
    }

    private List<MailDomain> with(List<MailDomain> there, Predicate<MailDomain> counts) {
        List<MailDomain> gone = departed.all();
        if (gone.isEmpty()) {
            return there;
        }
        Set<String> uids =
                there.stream().map(domain -> domain.getMetadata().getUid()).collect(Collectors.toSet());
        Stream<MailDomain> added = gone.stream()
                .filter(domain -> !uids.contains(domain.getMetadata().getUid()))
                .filter(counts);
        return Stream.concat(there.stream(), added).toList();
    }

    @Override
    public List<CatchAllRule> catchAllRulesOf(String namespace, String mailDomain) {
        return present.catchAllRulesOf(namespace, mailDomain);
    }

    @Override
    public Optional<CatchAllRule> catchAllRule(String namespace, String name) {
        return present.catchAllRule(namespace, name);
    }

    @Override
    public boolean watches(String namespace) {
        return present.watches(namespace);
    }

    @Override
    public List<CatchAllRule> catchAllRules() {
        return present.catchAllRules();
    }

    @Override
    public Optional<CloudflareAccount> account(String name) {
        return present.account(name);
    }

    @Override
    public List<CloudflareAccount> accounts() {
        return present.accounts();
    }

    @Override
    public Map<String, String> labelsOf(String namespace) {
        return present.labelsOf(namespace);
    }
}
