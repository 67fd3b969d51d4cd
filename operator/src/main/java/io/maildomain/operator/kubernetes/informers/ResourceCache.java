package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the cluster, a moment old at most. Read-only; for a resource's own state read it live instead. */
public interface ResourceCache {

    /** Every MailDomain that is watched. */
    List<MailDomain> mailDomains();

    /** One MailDomain. */
    Optional<MailDomain> mailDomain(String namespace, String name);

    /** Every MailDomain for that domain, in any namespace. */
    List<MailDomain> mailDomainsFor(String domain);

    /** The CatchAllRules that name this MailDomain. */
    List<CatchAllRule> catchAllRulesOf(String namespace, String mailDomain);

    /** One CatchAllRule. */
    Optional<CatchAllRule> catchAllRule(String namespace, String name);

    /** Every CatchAllRule that is watched. */
    List<CatchAllRule> catchAllRules();

    /** One account. */
    Optional<CloudflareAccount> account(String name);

    /** Every account. */
    List<CloudflareAccount> accounts();

    /** Whether resources of this namespace are watched at all. */
    boolean watches(String namespace);

    /** The labels of a namespace; empty where it is not known. */
    Map<String, String> labelsOf(String namespace);
}
