package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.ExistingRecords;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
 * @param mailboxes the rules that Mailboxes add, and what becomes of those that they added once
 */
public record DesiredState(
        MailDomainSpec spec,
        Grants grants,
        OwnerMark mark,
        String label,
        Set<String> contested,
        NotTaken notTaken,
        Set<String> routed,
        Set<String> othersLabels,
        MailboxRules mailboxes) {

    public DesiredState {
        contested = Set.copyOf(contested);
        routed = Set.copyOf(routed);
        othersLabels = Set.copyOf(othersLabels);
    }

    /** Where nothing is known of earlier looks, nor of other resources. */
    public DesiredState(MailDomainSpec spec, Grants grants, OwnerMark mark, String label) {
        this(spec, grants, mark, label, Set.of(), NotTaken.NOTHING, Set.of(), Set.of(), MailboxRules.NONE);
    }

    /** What the resource asks for, where nothing is known of earlier looks, nor of other resources. */
    public static DesiredState of(MailDomain resource, Grants grants, OwnerMark mark) {
        String label = resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
        return new DesiredState(resource.getSpec(), grants, mark, label);
    }

    /** The same, knowing what earlier looks found. */
    public DesiredState knowing(Set<String> contestedRules, NotTaken confirmedInVain, Set<String> routedBefore) {
        return new DesiredState(
                spec, grants, mark, label, contestedRules, confirmedInVain, routedBefore, othersLabels, mailboxes);
    }

    /** The same with what is known of Mailboxes. */
    public DesiredState attaching(MailboxRules known) {
        return new DesiredState(spec, grants, mark, label, contested, notTaken, routed, othersLabels, known);
    }

    /** The same, knowing which resource created the rules that stand. */
    public DesiredState among(RuleMakers makers) {
        return new DesiredState(
                spec,
                grants,
                mark.of(makers.ours()),
                label,
                contested,
                notTaken,
                routed,
                makers.others(),
                mailboxes.keeping(makers.kept()));
    }

    /** The same of a resource that goes: with it go the rules that Mailboxes had it add. */
    public DesiredState undoing(RuleMakers makers) {
        return among(makers).attaching(MailboxRules.NONE);
    }

    /** Whether the rule is this resource's to delete or give back: it carries our mark, and no other resource created it. */
    boolean owns(LiveRule rule) {
        return rule.isOurs(mark) && rule.maker().filter(othersLabels::contains).isEmpty();
    }

    public String domain() {
        return spec.domain();
    }

    /** Those of the spec, then those of Mailboxes. */
    List<MailRule> rules() {
        return mailboxes.attached().isEmpty()
                ? spec.rules()
                : Stream.concat(spec.rules().stream(), mailboxes.rules().stream())
                        .toList();
    }

    /** Whether a rule of others may be taken over for it: that is for the owner to say, of the spec's rules. A Mailbox takes nothing over. */
    boolean mayAdopt(MailRule rule) {
        return spec.conflictPolicy() == ConflictPolicy.Adopt && mailboxOf(rule).isEmpty();
    }

    /** The namespace of the Mailbox that asks for the rule; empty where the spec does. */
    Optional<String> mailboxOf(MailRule rule) {
        return mailboxes.attached().stream()
                .filter(one -> one.rule().equals(rule))
                .map(MailboxRules.Attached::namespace)
                .findFirst();
    }

    boolean replacesForeignRecords() {
        return spec.dns().existingRecords() == ExistingRecords.Replace;
    }

    boolean retains() {
        return spec.deletionPolicy() == DeletionPolicy.Retain;
    }

    /** The whole names of the subdomains that get mail: those named, and those of the rules' addresses. */
    public Set<String> subdomainHosts() {
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

    /** Whether the host lies below the domain; an ownership record that says otherwise was not written by us. */
    boolean isSubdomain(String host) {
        return host.endsWith("." + domain());
    }

    /** What stands behind the at, in lower case. */
    public static String hostOf(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
