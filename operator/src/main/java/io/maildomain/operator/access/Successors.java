package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may manage a domain once the MailDomain that holds it is gone (ADR 32). From what the cluster shows. */
public final class Successors {

    private final ResourceCache cluster;
    private final CredentialsResolver credentials;
    private final ClaimCheck claims;

    /** Reads nothing but what it is given: no call leaves this class. */
    public Successors(ResourceCache cluster, CredentialsResolver credentials, ClaimCheck claims) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.claims = claims;
    }

    /**
     * One that may come next.
     *
     * @param with what it works with, and what it is granted
     */
    public record Successor(MailDomain domain, Usable with) {}

    /**
     * All that may come next, as far as that is known.
     *
     * @param ranked the first one first
     * @param unread those whose Secret has not been read yet, as after each start, or could not be just now: whether they may
     *     come, and before whom, is not known
     * @param awaited whether one could come but for its Secret or its account, which is not there: it may be created a little
     *     later, as where a Secret is a copy of one that is kept elsewhere
     */
    public record Candidates(List<Successor> ranked, List<MailDomain> unread, boolean awaited) {}

    /**
     * What counts when several may come next.
     *
     * @param sameNamespace as the one that goes
     * @param exactGrant whether its access names the domain exactly: it must not inherit other people's mail by a wildcard
     */
    record Candidate(Claim claim, boolean sameNamespace, boolean exactGrant) {

        /** Those of the namespace first, then as claims go. */
        static final Comparator<Candidate> ORDER = Comparator.<Candidate, Boolean>comparing(
                        candidate -> !candidate.sameNamespace())
                .thenComparing(Candidate::claim, Claim.PRECEDENCE);

        boolean mayInherit() {
            return sameNamespace || exactGrant;
        }
    }

    /**
     * Those that may manage the domain next, the first one first. Whether its token sees the zone is not known here.
     *
     * @param accountId the Cloudflare account in which the domain is held
     */
    public Candidates of(MailDomain going, String accountId) {
        List<MailDomain> all = cluster.mailDomainsFor(going.getSpec().domain());
        Predicate<MailDomain> mayCome =
                other -> !uid(other).equals(uid(going)) && isActive(other) && isOfSameZone(other, going);
        List<Resolved> candidates = all.stream()
                .filter(mayCome)
                .map(other -> new Resolved(other, credentials.resolve(other)))
                .toList();
        Set<String> outOfTheWay = Stream.concat(
                        Stream.of(uid(going)),
                        all.stream().filter(mayCome.negate()).map(Successors::uid))
                .collect(Collectors.toSet());
        ClaimCheck afterwards = claims.without(outOfTheWay);
        List<Successor> inOrder = candidates.stream()
                .flatMap(candidate -> candidate.usableIn(accountId))
                .flatMap(successor -> afterwards
                        .wouldHold(successor.domain(), successor.with(), accountId)
                        .map(claim -> new Ranked(successor, candidate(successor, going, claim)))
                        .stream())
                .filter(ranked -> ranked.candidate().mayInherit())
                .sorted(Comparator.comparing(Ranked::candidate, Candidate.ORDER))
                .map(Ranked::successor)
                .toList();
        List<MailDomain> unread = candidates.stream()
                .filter(candidate -> candidate.is(Unusable::isKnownSoon))
                .map(Resolved::domain)
                .toList();
        return new Candidates(
                inOrder, unread, candidates.stream().anyMatch(candidate -> candidate.is(Unusable::mayComeYet)));
    }

    /** One that may come, and what it works with or why it can't. */
    private record Resolved(MailDomain domain, RuntimeCredentials credentials) {

        boolean is(Predicate<Unusable> what) {
            return credentials instanceof Unusable unusable && what.test(unusable);
        }

        Stream<Successor> usableIn(String accountId) {
            return Stream.of(credentials)
                    .filter(Usable.class::isInstance)
                    .map(Usable.class::cast)
                    .filter(with -> with.accountId().isEmpty()
                            || accountId.isEmpty()
                            || with.accountId().equals(accountId))
                    .map(with -> new Successor(domain, with));
        }
    }

    private record Ranked(Successor successor, Candidate candidate) {}

    private static Candidate candidate(Successor successor, MailDomain going, Claim claim) {
        MailDomain domain = successor.domain();
        return new Candidate(
                claim,
                claim.namespace().equals(going.getMetadata().getNamespace()),
                successor.with().grants().exactDomain(domain.getSpec().domain()));
    }

    private static boolean isActive(MailDomain other) {
        return !other.isMarkedForDeletion()
                && other.getSpec().mode() == Mode.Manage
                && !other.getSpec().suspend();
    }

    /** One that has noted another zone of the name means that one. */
    private static boolean isOfSameZone(MailDomain other, MailDomain going) {
        Optional<String> theirs = notedId(other);
        return theirs.isEmpty() || theirs.equals(notedId(going));
    }

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }

    private static Optional<String> notedId(MailDomain domain) {
        return MailDomainStatus.notedZone(domain).flatMap(ZoneOwnership::notedId);
    }
}
