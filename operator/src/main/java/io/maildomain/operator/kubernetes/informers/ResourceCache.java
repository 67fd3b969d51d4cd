package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of the cluster, a moment old at most. Read-only; for a resource's own state read it live instead. */
public interface ResourceCache {

    /** Every MailDomain that is watched; for what is done from time to time, not for what an event makes us do. */
    List<MailDomain> mailDomains();

    /** One MailDomain. */
    Optional<MailDomain> mailDomain(String namespace, String name);

    /** The same MailDomain as the watch shows it; empty if it shows none, or another one of that name. */
    default Optional<MailDomain> seen(MailDomain live) {
        return mailDomain(live.getMetadata().getNamespace(), live.getMetadata().getName())
                .filter(domain ->
                        domain.getMetadata().getUid().equals(live.getMetadata().getUid()));
    }

    /** Those MailDomains that have this key. What happens to one of thousands must not make us go over all. */
    List<MailDomain> mailDomains(MailDomainIndex by, String key);

    /** Every MailDomain for that domain, in any namespace. */
    default List<MailDomain> mailDomainsFor(String domain) {
        return mailDomains(MailDomainIndex.DOMAIN, domain);
    }

    /** The CatchAllRules that name this MailDomain. */
    List<CatchAllRule> catchAllRulesOf(String namespace, String mailDomain);

    /** One CatchAllRule. */
    Optional<CatchAllRule> catchAllRule(String namespace, String name);

    /** Every CatchAllRule that is watched. */
    List<CatchAllRule> catchAllRules();

    /** Every Mailbox that is watched; none where this installation knows none. */
    List<Mailbox> mailboxes();

    /** The Mailboxes that name this MailDomain, in any namespace. */
    List<Mailbox> mailboxesOf(MailDomainName mailDomain);

    /** The Mailboxes of a namespace. */
    List<Mailbox> mailboxesIn(String namespace);

    /** Every MailWorker that is watched; none where this installation deploys none. There are few of them. */
    List<MailWorker> mailWorkers();

    /** The MailWorkers that deploy a script of that name, in any namespace and to any account. */
    List<MailWorker> mailWorkersOf(String script);

    /** Every MailSite that is watched; none where this installation deploys none. There are few of them. */
    List<MailSite> mailSites();

    /** The MailSites that deploy to a Pages project of that name, in any namespace and to any account. */
    List<MailSite> mailSitesOf(String project);

    /** All that is deployed, of whichever kind. */
    default Stream<DeployedResource> deployed() {
        return Stream.concat(
                mailWorkers().stream().flatMap(worker -> DeployedResource.of(worker).stream()),
                mailSites().stream().flatMap(site -> DeployedResource.of(site).stream()));
    }

    /** Every DestinationAddress that is watched; none where this installation knows none. There are at most some hundred of an account. */
    List<DestinationAddress> destinationAddresses();

    /** One account. */
    Optional<CloudflareAccount> account(String name);

    /** Every account. */
    List<CloudflareAccount> accounts();

    /** The accounts that name the Secret. */
    List<CloudflareAccount> accountsWith(SecretKey secret);

    /** Whether resources of this namespace are watched at all. */
    boolean watches(String namespace);

    /** Whether Mailboxes of this namespace are seen: the installation knows the kind, and watches the namespace. */
    boolean seesMailboxes(String namespace);

    /** The labels of a namespace; empty where it is not known. */
    Map<String, String> labelsOf(String namespace);
}
