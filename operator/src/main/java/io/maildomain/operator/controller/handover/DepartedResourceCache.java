package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return with(present.mailDomains(), departed.all());
    }

    @Override
    public Optional<MailDomain> mailDomain(String namespace, String name) {
        return present.mailDomain(namespace, name).or(() -> departed.named(namespace, name));
    }

    @Override
    public List<MailDomain> mailDomains(MailDomainIndex by, String key) {
        return with(present.mailDomains(by, key), departed.all(by, key));
    }

    private List<MailDomain> with(List<MailDomain> there, List<MailDomain> gone) {
        return gone.isEmpty()
                ? there
                : Stream.concat(there.stream(), gone.stream().filter(domain -> present.seen(domain)
                                .isEmpty()))
                        .toList();
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
    public boolean seesMailboxes(String namespace) {
        return present.seesMailboxes(namespace);
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
    public List<Mailbox> mailboxes() {
        return present.mailboxes();
    }

    @Override
    public List<Mailbox> mailboxesOf(MailDomainName mailDomain) {
        return present.mailboxesOf(mailDomain);
    }

    @Override
    public List<Mailbox> mailboxesIn(String namespace) {
        return present.mailboxesIn(namespace);
    }

    @Override
    public List<MailWorker> mailWorkers() {
        return present.mailWorkers();
    }

    @Override
    public List<MailWorker> mailWorkersOf(String script) {
        return present.mailWorkersOf(script);
    }

    @Override
    public List<MailSite> mailSites() {
        return present.mailSites();
    }

    @Override
    public List<MailSite> mailSitesOf(String project) {
        return present.mailSitesOf(project);
    }

    @Override
    public List<DestinationAddress> destinationAddresses() {
        return present.destinationAddresses();
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
    public List<CloudflareAccount> accountsWith(SecretKey secret) {
        return present.accountsWith(secret);
    }

    @Override
    public Map<String, String> labelsOf(String namespace) {
        return present.labelsOf(namespace);
    }
}
