package io.maildomain.operator.kubernetes.informers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The {@link ResourceCache} as informers see it: the one place that holds our objects, {@linkplain Pruning pruned}. */
public final class InformerCache implements ResourceCache, AutoCloseable {

    /**
     * So many objects are read at once when the informers start. An object may be as large as the API server takes (1.5 MB),
     * and a page lies in memory as text while it is parsed.
     */
    public static final long PAGE = 20;

    private static final String BY_SECRET = "secret";
    private static final String BY_DOMAIN_REF = "domainRef";
    private static final String BY_MAIL_DOMAIN = "mailDomain";
    private static final String BY_NAMESPACE = "inNamespace";
    private static final String BY_SCRIPT = "script";
    private static final String BY_PROJECT = "project";

    private final Set<String> watchedNamespaces;
    private final List<SharedIndexInformer<MailDomain>> mailDomains;
    private final List<SharedIndexInformer<CatchAllRule>> catchAllRules;
    private volatile List<SharedIndexInformer<Mailbox>> mailboxes;
    private final List<SharedIndexInformer<MailWorker>> mailWorkers;
    private final List<SharedIndexInformer<MailSite>> mailSites;
    private volatile List<SharedIndexInformer<DestinationAddress>> destinations;
    private final List<SharedIndexInformer<CloudflareAccount>> accounts;
    private final List<SharedIndexInformer<Namespace>> namespaces;

    /**
     * Makes the informers; {@link #start()} starts them.
     *
     * @param listener hears of every change, on the informers' threads: it must be quick
     */
    public InformerCache(KubernetesClient client, Scope scope, ResourceListener listener) {
        watchedNamespaces = scope.watchNamespaces();
        mailDomains = informers(client, MailDomain.class, scope.watchNamespaces());
        mailDomains.forEach(informer ->
                informer.addIndexers(MailDomainIndex.indexers()).addEventHandler(handler(listener::mailDomainChanged)));
        catchAllRules = informers(client, CatchAllRule.class, scope.watchNamespaces());
        catchAllRules.forEach(informer -> informer.addIndexers(Map.of(BY_DOMAIN_REF, IndexKeys::domainRefOf))
                .addEventHandler(handler(listener::catchAllRuleChanged)));
        mailboxes = scope.mailboxes() ? informers(client, Mailbox.class, scope.watchNamespaces()) : List.of();
        mailboxes.forEach(informer -> informer.addIndexers(
                        Map.of(BY_MAIL_DOMAIN, IndexKeys::mailDomainOf, BY_NAMESPACE, IndexKeys::namespaceOf))
                .addEventHandler(handler(listener::mailboxChanged)));
        // Where none are deployed there is no right to watch them.
        mailWorkers = scope.deploying() ? informers(client, MailWorker.class, scope.watchNamespaces()) : List.of();
        mailWorkers.forEach(informer -> informer.addIndexers(Map.of(BY_SCRIPT, IndexKeys::scriptOf))
                .addEventHandler(handler(listener::mailWorkerChanged)));
        mailSites = scope.deploying() ? informers(client, MailSite.class, scope.watchNamespaces()) : List.of();
        mailSites.forEach(informer -> informer.addIndexers(Map.of(BY_PROJECT, IndexKeys::projectOf))
                .addEventHandler(handler(listener::mailSiteChanged)));
        destinations = scope.destinationAddresses()
                ? informers(client, DestinationAddress.class, scope.watchNamespaces())
                : List.of();
        destinations.forEach(informer -> informer.addEventHandler(handler(listener::destinationAddressChanged)));
        accounts = scope.accounts() ? informers(client, CloudflareAccount.class, Set.of()) : List.of();
        accounts.forEach(informer -> informer.addIndexers(Map.of(BY_SECRET, IndexKeys::secretsOf))
                .addEventHandler(handler(listener::accountChanged)));
        namespaces = scope.accounts() ? informers(client, Namespace.class, Set.of()) : List.of();
        namespaces.forEach(informer -> informer.addEventHandler(handler(listener::namespaceChanged)));
    }

    /** Before the start: the cluster does not have this kind, and watching it would fail for good. */
    public void leaveOutMailboxes() {
        mailboxes = List.of();
    }

    /** The same of this one. */
    public void leaveOutDestinationAddresses() {
        destinations = List.of();
    }

    /** Starts every informer and waits until each has listed once. */
    public void start() {
        all().forEach(informer -> informer.run());
    }

    /** Whether each informer is watching, or trying to. */
    public boolean isHealthy() {
        return all().stream().allMatch(SharedIndexInformer::isRunning);
    }

    /** Whether each informer has listed once and still runs. A watch that is interrupted just now changes nothing. */
    public boolean hasSynced() {
        return isHealthy() && all().stream().allMatch(SharedIndexInformer::hasSynced);
    }

    @Override
    public void close() {
        all().forEach(SharedIndexInformer::close);
    }

    @Override
    public List<MailDomain> mailDomains() {
        return listed(mailDomains);
    }

    @Override
    public Optional<MailDomain> mailDomain(String namespace, String name) {
        return byKey(mailDomains, namespace + "/" + name);
    }

    @Override
    public List<MailDomain> mailDomains(MailDomainIndex by, String key) {
        return byIndex(mailDomains, by.name(), key);
    }

    @Override
    public List<CatchAllRule> catchAllRulesOf(String namespace, String mailDomain) {
        return byIndex(catchAllRules, BY_DOMAIN_REF, namespace + "/" + mailDomain);
    }

    @Override
    public Optional<CatchAllRule> catchAllRule(String namespace, String name) {
        return byKey(catchAllRules, namespace + "/" + name);
    }

    @Override
    public List<CatchAllRule> catchAllRules() {
        return listed(catchAllRules);
    }

    @Override
    public List<Mailbox> mailboxes() {
        return listed(mailboxes);
    }

    @Override
    public List<Mailbox> mailboxesOf(MailDomainName mailDomain) {
        return byIndex(mailboxes, BY_MAIL_DOMAIN, mailDomain.toString());
    }

    @Override
    public List<Mailbox> mailboxesIn(String namespace) {
        return byIndex(mailboxes, BY_NAMESPACE, namespace);
    }

    @Override
    public List<MailWorker> mailWorkers() {
        return listed(mailWorkers);
    }

    @Override
    public List<MailWorker> mailWorkersOf(String script) {
        return byIndex(mailWorkers, BY_SCRIPT, script);
    }

    @Override
    public List<MailSite> mailSites() {
        return listed(mailSites);
    }

    @Override
    public List<MailSite> mailSitesOf(String project) {
        return byIndex(mailSites, BY_PROJECT, project);
    }

    @Override
    public List<DestinationAddress> destinationAddresses() {
        return listed(destinations);
    }

    @Override
    public Optional<CloudflareAccount> account(String name) {
        return byKey(accounts, name);
    }

    @Override
    public List<CloudflareAccount> accounts() {
        return listed(accounts);
    }

    @Override
    public List<CloudflareAccount> accountsWith(SecretKey secret) {
        return byIndex(accounts, BY_SECRET, secret.toString());
    }

    @Override
    public boolean watches(String namespace) {
        return watchedNamespaces.isEmpty() || watchedNamespaces.contains(namespace);
    }

    @Override
    public boolean seesMailboxes(String namespace) {
        return !mailboxes.isEmpty() && !namespaces.isEmpty() && watches(namespace);
    }

    @Override
    public Map<String, String> labelsOf(String namespace) {
        return byKey(namespaces, namespace)
                .map(found -> found.getMetadata().getLabels())
                .map(Map::copyOf)
                .orElseGet(Map::of);
    }

    private List<SharedIndexInformer<?>> all() {
        List<SharedIndexInformer<?>> informers = new ArrayList<>(mailDomains);
        informers.addAll(catchAllRules);
        informers.addAll(mailboxes);
        informers.addAll(mailWorkers);
        informers.addAll(mailSites);
        informers.addAll(destinations);
        informers.addAll(accounts);
        informers.addAll(namespaces);
        return informers;
    }

    private static <T extends HasMetadata> List<SharedIndexInformer<T>> informers(
            KubernetesClient client, Class<T> kind, Set<String> watchedNamespaces) {
        if (watchedNamespaces.isEmpty()) {
            return List.of(
                    client.resources(kind).inAnyNamespace().withLimit(PAGE).runnableInformer(0));
        }
        return watchedNamespaces.stream()
                .sorted()
                .map(namespace -> client.resources(kind)
                        .inNamespace(namespace)
                        .withLimit(PAGE)
                        .runnableInformer(0))
                .toList();
    }

    private static <T> List<T> listed(List<SharedIndexInformer<T>> informers) {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().list().stream())
                .toList();
    }

    private static <T> List<T> byIndex(List<SharedIndexInformer<T>> informers, String index, String key) {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().byIndex(index, key).stream())
                .toList();
    }

    private static <T> Optional<T> byKey(List<SharedIndexInformer<T>> informers, String key) {
        return informers.stream()
                .map(informer -> informer.getIndexer().getByKey(key))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<ResourceListener.Change<T>> listener) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                listener.accept(new ResourceListener.Change<>(null, added));
            }

            @Override
            public void onUpdate(T before, T after) {
                listener.accept(new ResourceListener.Change<>(before, after));
            }

            @Override
            public void onDelete(T deleted, boolean finalStateUnknown) {
                listener.accept(new ResourceListener.Change<>(deleted, null));
            }
        };
    }
}
