package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.ExistingRecords;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.routing.OwnerMark;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is asked for, and within which limits.
 *
 * @param grants what the resource's namespace may do
 * @param mark what our rules are known by
 * @param label human words for the names of new rules, such as {@code mail/example-com}
 * @param contested addresses whose rules others keep changing: we stop and say so
 * @param notTaken what Cloudflare confirmed and did not carry out
 * @param routed hosts whose mail came here when they were last looked at: who has moved one away since, meant it
 * @param othersLabels words of resources whose rules are not this one's to delete, though they carry our mark
 */
record Wanted(
        MailDomainSpec spec,
        Grants grants,
        OwnerMark mark,
        String label,
        Set<String> contested,
        NotTaken notTaken,
        Set<String> routed,
        Set<String> othersLabels) {

    Wanted {
        contested = Set.copyOf(contested);
        routed = Set.copyOf(routed);
        othersLabels = Set.copyOf(othersLabels);
    }

    /** Where no rule of another resource stands. */
    Wanted(
            MailDomainSpec spec,
            Grants grants,
            OwnerMark mark,
            String label,
            Set<String> contested,
            NotTaken notTaken,
            Set<String> routed) {
        this(spec, grants, mark, label, contested, notTaken, routed, Set.of());
    }

    /** Where nothing is known of earlier looks. */
    Wanted(MailDomainSpec spec, Grants grants, OwnerMark mark, String label, Set<String> contested) {
        this(spec, grants, mark, label, contested, NotTaken.NOTHING, Set.of());
    }

    /** The same, knowing who made the rules that stand. */
    Wanted among(Makers.Found makers) {
        return new Wanted(spec, grants, mark.of(makers.ours()), label, contested, notTaken, routed, makers.others());
    }

    /** Whether the rule is this resource's to delete or give back: it carries our mark, and no other resource made it. */
    boolean owns(LiveRule rule) {
        return rule.isOurs(mark) && rule.maker().filter(othersLabels::contains).isEmpty();
    }

    String domain() {
        return spec.domain();
    }

    List<MailRule> rules() {
        return spec.rules();
    }

    boolean replacesForeignRecords() {
        return spec.dns().existingRecords() == ExistingRecords.Replace;
    }

    boolean retains() {
        return spec.deletionPolicy() == DeletionPolicy.Retain;
    }

    /** The whole names of the subdomains that get mail: those named, and those of the rules' addresses. */
    Set<String> subdomainHosts() {
        Set<String> hosts = new TreeSet<>();
        spec.subdomains().forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT) + "." + domain()));
        rules().forEach(rule -> hosts.add(hostOf(rule.address())));
        hosts.remove(domain());
        return hosts;
    }

    /** Whether the host is the domain or lies below it. */
    boolean covers(String host) {
        return host.equals(domain()) || isSubdomain(host);
    }

    /** Whether the host lies below the domain; a ledger that says otherwise was not written by us. */
    boolean isSubdomain(String host) {
        return host.endsWith("." + domain());
    }

    static String hostOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
