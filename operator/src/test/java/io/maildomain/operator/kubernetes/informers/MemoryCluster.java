package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A {@link ResourceCache} in memory, which counts what it hands out. */
public final class MemoryCluster implements ResourceCache {

    private final Supplier<List<MailDomain>> mailDomains;
    private final Supplier<List<CatchAllRule>> catchAllRules;
    private final Supplier<List<MailWorker>> mailWorkers;
    private Supplier<List<MailSite>> mailSites = List::of;
    private Supplier<List<Mailbox>> mailboxes = List::of;
    private Supplier<List<DestinationAddress>> destinations = List::of;
    private final List<CloudflareAccount> accounts = new ArrayList<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private Predicate<String> seen = namespace -> true;
    private int visited;

    public MemoryCluster(Supplier<List<MailDomain>> mailDomains, Supplier<List<CatchAllRule>> catchAllRules) {
        this(mailDomains, catchAllRules, List::of);
    }

    public MemoryCluster(
            Supplier<List<MailDomain>> mailDomains,
            Supplier<List<CatchAllRule>> catchAllRules,
            Supplier<List<MailWorker>> mailWorkers) {
        this.mailWorkers = mailWorkers;
        this.mailDomains = mailDomains;
        this.catchAllRules = catchAllRules;
    }

    /** A cluster that holds just these, now and later. */
    public static MemoryCluster of(List<MailDomain> mailDomains, List<CatchAllRule> catchAllRules) {
        return new MemoryCluster(() -> mailDomains, () -> catchAllRules);
    }

    /** Adds an account, or replaces the one of that name. */
    public MemoryCluster with(CloudflareAccount account) {
        accounts.removeIf(known ->
                known.getMetadata().getName().equals(account.getMetadata().getName()));
        accounts.add(account);
        return this;
    }

    /** From now on it holds these. */
    public MemoryCluster withMailSites(Supplier<List<MailSite>> those) {
        mailSites = those;
        return this;
    }

    /** From now on it holds these. */
    public MemoryCluster withMailboxes(Supplier<List<Mailbox>> those) {
        mailboxes = those;
        return this;
    }

    /** From now on it holds these. */
    public MemoryCluster withDestinationAddresses(Supplier<List<DestinationAddress>> those) {
        destinations = those;
        return this;
    }

    public MemoryCluster withLabels(String namespace, Map<String, String> found) {
        labels.put(namespace, found);
        return this;
    }

    public void removeAccounts() {
        accounts.clear();
    }

    /** From now on Mailboxes of these namespaces are seen, where there are any. */
    public void seesMailboxesIf(Predicate<String> namespace) {
        seen = namespace;
    }

    @Override
    public boolean seesMailboxes(String namespace) {
        return seen.test(namespace);
    }

    @Override
    public boolean watches(String namespace) {
        return true;
    }

    @Override
    public List<MailDomain> mailDomains() {
        return counted(mailDomains.get());
    }

    @Override
    public Optional<MailDomain> mailDomain(String namespace, String name) {
        return mailDomains.get().stream()
                .filter(domain -> domain.getMetadata().getNamespace().equals(namespace)
                        && domain.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public List<MailDomain> mailDomains(MailDomainIndex by, String key) {
        return counted(mailDomains.get().stream()
                .filter(domain -> by.keysOf(domain).contains(key))
                .toList());
    }

    @Override
    public List<CatchAllRule> catchAllRulesOf(String namespace, String mailDomain) {
        return counted(catchAllRules.get().stream()
                .filter(rule -> rule.getMetadata().getNamespace().equals(namespace)
                        && rule.getSpec().domainRef().name().equals(mailDomain))
                .toList());
    }

    @Override
    public Optional<CatchAllRule> catchAllRule(String namespace, String name) {
        return catchAllRules.get().stream()
                .filter(rule -> rule.getMetadata().getNamespace().equals(namespace)
                        && rule.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public List<CatchAllRule> catchAllRules() {
        return counted(catchAllRules.get());
    }

    @Override
    public List<Mailbox> mailboxes() {
        return counted(seenMailboxes().toList());
    }

    private Stream<Mailbox> seenMailboxes() {
        return mailboxes.get().stream()
                .filter(mailbox -> seen.test(mailbox.getMetadata().getNamespace()));
    }

    @Override
    public List<Mailbox> mailboxesOf(MailDomainName mailDomain) {
        return counted(seenMailboxes()
                .filter(mailbox -> MailDomainName.of(mailbox).equals(mailDomain))
                .toList());
    }

    @Override
    public List<Mailbox> mailboxesIn(String namespace) {
        return counted(seenMailboxes()
                .filter(mailbox -> mailbox.getMetadata().getNamespace().equals(namespace))
                .toList());
    }

    @Override
    public List<MailWorker> mailWorkers() {
        return counted(mailWorkers.get());
    }

    @Override
    public List<MailWorker> mailWorkersOf(String script) {
        return counted(mailWorkers.get().stream()
                .filter(worker -> worker.getSpec().script().equals(script))
                .toList());
    }

    @Override
    public List<MailSite> mailSites() {
        return counted(mailSites.get());
    }

    @Override
    public List<MailSite> mailSitesOf(String project) {
        return counted(mailSites.get().stream()
                .filter(site -> site.getSpec().project().equals(project))
                .toList());
    }

    @Override
    public List<DestinationAddress> destinationAddresses() {
        return counted(destinations.get());
    }

    @Override
    public Optional<CloudflareAccount> account(String name) {
        return accounts.stream()
                .filter(account -> account.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public List<CloudflareAccount> accounts() {
        return counted(List.copyOf(accounts));
    }

    @Override
    public List<CloudflareAccount> accountsWith(SecretKey secret) {
        return counted(accounts.stream()
                .filter(account -> account.getSpec() != null)
                .filter(account -> AccountSecrets.all(account).contains(secret))
                .toList());
    }

    @Override
    public Map<String, String> labelsOf(String namespace) {
        return labels.getOrDefault(namespace, Map.of("kubernetes.io/metadata.name", namespace));
    }

    /** How many resources were handed out while this ran, each as often as it was. */
    public int visitsOf(Runnable work) {
        int before = visited;
        work.run();
        return visited - before;
    }

    private <T> List<T> counted(List<T> handedOut) {
        visited += handedOut.size();
        return handedOut;
    }
}
