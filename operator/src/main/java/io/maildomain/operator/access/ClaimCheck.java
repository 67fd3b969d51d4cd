package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.ClaimEvidence.Worth;
import io.maildomain.operator.access.Claims.ClaimDecision;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a MailDomain may manage its domain, or another one does ({@code docs/architecture.md#claims}). From what the cluster shows, and from who
 * held the domain last: one for all that ask.
 */
public final class ClaimCheck {

    private final ResourceCache cluster;
    private final CredentialsResolver credentials;
    private final ClaimEvidence evidence;
    private final Set<String> gone;

    /** Reads nothing but what it is given: no call leaves this class. */
    public ClaimCheck(ResourceCache cluster, CredentialsResolver credentials, Clock clock) {
        this(cluster, credentials, new ClaimEvidence(clock), Set.of());
    }

    private ClaimCheck(
            ResourceCache cluster, CredentialsResolver credentials, ClaimEvidence evidence, Set<String> gone) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.evidence = evidence;
        this.gone = gone;
    }

    /** As if these resources, by UID, were gone already. */
    ClaimCheck without(Set<String> uids) {
        return new ClaimCheck(cluster, credentials, evidence, uids);
    }

    // ---- what is seen of a claim

    /** The resource's token sees its zone in this account just now, or may create it there. */
    public void sees(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        evidence.sees(uid(mine), with.token().fingerprint(), accountId);
    }

    /** The resource's token is refused, or neither sees the zone nor may create it. */
    public void seesNothing(MailDomain mine, RuntimeCredentials.Usable with) {
        evidence.seesNothing(uid(mine), with.token().fingerprint());
    }

    /** The resource's status was written. */
    public void wrote(MailDomain mine) {
        evidence.wrote(uid(mine));
    }

    /** What had to be noted in the resource's status was not: another writer was faster, or keeps it from being written. */
    public void couldNotWrite(MailDomain mine) {
        evidence.couldNotWrite(uid(mine));
    }

    /** The resource's status is refused, whatever is tried. */
    public void cannotBeWritten(MailDomain mine) {
        evidence.cannotBeWritten(uid(mine));
    }

    /** The resource is gone. */
    public void forget(String uid) {
        evidence.forget(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        return evidence.uids();
    }

    // ---- what follows from it

    /**
     * Why no call is worth making: the domain is another's by what is known already. Empty where it may be this resource's,
     * where it takes a look to know in which account it is claimed, and where the last look was no good: that is said first.
     */
    public Optional<Blocked> lostAlready(MailDomain mine, RuntimeCredentials.Usable with) {
        String token = with.token().fingerprint();
        String account = with.accountId().isEmpty()
                ? evidence.accountSeen(uid(mine), token).orElse("")
                : with.accountId();
        boolean hadAZone = ClaimStatus.notedId(mine).isPresent();
        if (account.isEmpty() || hadAZone || evidence.sawNothing(uid(mine), token)) {
            return Optional.empty();
        }
        Optional<Blocked> lost = verdict(mine, with, account, true);
        if (lost.filter(blocked -> blocked.reason().isLostClaim()).isPresent()) {
            evidence.notLookedAt(uid(mine));
        }
        return lost;
    }

    /** Empty where the domain is this resource's to manage: then it is remembered as who holds it. */
    public Optional<Blocked> lost(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        Optional<Blocked> lost = verdict(mine, with, accountId, true);
        if (lost.isEmpty()) {
            evidence.holds(accountId, mine.getSpec().domain(), uid(mine));
        }
        return lost;
    }

    private Optional<Blocked> verdict(
            MailDomain mine, RuntimeCredentials.Usable with, String accountId, boolean waitsForOlder) {
        Optional<String> myZone = heldZone(mine, accountId);
        Predicate<MailDomain> holds = other -> isOf(myZone, heldZone(other, accountId));
        List<Claim> others = new ArrayList<>();
        List<Claim> unknown = new ArrayList<>();
        for (MailDomain other : cluster.mailDomainsFor(mine.getSpec().domain())) {
            boolean noRival = uid(other).equals(uid(mine)) || gone.contains(uid(other));
            Worth worth = noRival ? Worth.NONE : worth(other, holds.test(other), accountId);
            if (worth != Worth.NONE) {
                List<Claim> counted = worth == Worth.PROVEN ? others : unknown;
                counted.add(claim(other, accountOf(other), accountId, holds.test(other)));
            }
        }
        Claim claim = claim(mine, accountId, accountId, myZone.isPresent());
        boolean exact = with.grants().exactDomain(mine.getSpec().domain());
        int older = (int) Claims.before(claim, unknown).count();
        boolean goesAhead = !waitsForOlder || older > 0 && evidence.hasWaited(uid(mine), older);
        ClaimDecision verdict =
                Claims.decide(claim, others, goesAhead ? List.of() : unknown, ClaimStatus.isParked(mine), exact);
        String domain = mine.getSpec().domain();
        return switch (verdict) {
            case HELD -> Optional.empty();
            case HELD_IN_NAMESPACE -> lost(Reason.HeldInNamespace, ClaimMessages.managedBy(domain, claim, others));
            case HELD_ELSEWHERE -> lost(Reason.HeldElsewhere, ClaimMessages.managedElsewhere(domain));
            // The other one holds nothing yet, and may turn out to be worthless: this does not park.
            case CLAIMED_ELSEWHERE -> lost(Reason.ClaimedElsewhere, ClaimMessages.claimedElsewhere(domain));
            case UNSETTLED -> Optional.of(unsettled(domain));
        };
    }

    /** The domain passes to this resource, whose token was just seen to see the zone. */
    public void passes(MailDomain to, RuntimeCredentials.Usable with, String accountId) {
        sees(to, with, accountId);
        evidence.holds(accountId, to.getSpec().domain(), uid(to));
    }

    /** Whether the domain would be this resource's to manage, and by which claim; nothing is remembered of the question. */
    Optional<Claim> wouldHold(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        Claim claim =
                claim(mine, accountId, accountId, heldZone(mine, accountId).isPresent());
        return verdict(mine, with, accountId, false).isEmpty() ? Optional.of(claim) : Optional.empty();
    }

    /** For one that only watches: of a domain that is held in another namespace it learns no more than a loser. */
    public Optional<Blocked> hidden(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        return verdict(mine, with, accountId, false).filter(blocked -> blocked.reason() == Reason.HeldElsewhere);
    }

    /**
     * What ZoneReady goes on saying until a claim is decided anew, whatever else goes wrong meanwhile: that a lost one is
     * parked, and that what was noted of a zone counts no more.
     *
     * @param now what goes wrong: that there is no access says as much by itself, and what time heals is no reason to count for
     *     nothing
     */
    public static Optional<Check> stillOpen(MailDomain domain, Check now) {
        Optional<Check> parked = ClaimStatus.condition(domain, ConditionType.ZONE_READY)
                .filter(condition -> condition.says(Reason.HeldElsewhere))
                .map(condition -> Check.no(ConditionType.ZONE_READY, Reason.HeldElsewhere, condition.message()));
        boolean open = ClaimStatus.notedId(domain).isPresent() && ClaimStatus.hasYielded(domain);
        return parked.isPresent() || !open || now.reason() == Reason.AccessDenied
                ? parked
                : Optional.of(new Check(
                        ConditionType.ZONE_READY,
                        now.status(),
                        Reason.ClaimOpen,
                        "whether this resource still manages the domain is not decided yet: " + now.message()));
    }

    /** Says nothing: it lasts a moment, until the older claim was looked at. */
    private static Blocked unsettled(String domain) {
        return new Blocked(
                ConditionType.ZONE_READY,
                Check.Status.UNKNOWN,
                Reason.ClaimUnsettled,
                ClaimMessages.unsettled(domain),
                Requeue.CONFLICT,
                Duration.ZERO,
                true);
    }

    private static Optional<Blocked> lost(Reason reason, String message) {
        return Optional.of(Blocked.stalled(ConditionType.ZONE_READY, reason, message));
    }

    /** Who has noted a zone holds the domain; not where mine is another one, for a status can be forged. */
    private static boolean isOf(Optional<String> myZone, Optional<String> theirs) {
        return theirs.isPresent() && (myZone.isEmpty() || theirs.equals(myZone));
    }

    /** The zone that a resource has noted, unless it has given the domain up since: what it noted then still stands. */
    private Optional<String> heldZone(MailDomain domain, String heldIn) {
        return ClaimStatus.notedId(domain).filter(id -> isHolder(domain, heldIn) || !ClaimStatus.hasYielded(domain));
    }

    private boolean isHolder(MailDomain domain, String heldIn) {
        return evidence.isHolder(heldIn, domain.getSpec().domain(), uid(domain));
    }

    /** The burden of proof is on the claim: {@link Worth#PROVEN} where it counts, else it may or it does not. */
    private Worth worth(MailDomain other, boolean incumbent, String accountId) {
        if (other.getSpec() == null || other.getSpec().mode() != Mode.Manage) {
            return Worth.NONE;
        }
        if (other.isMarkedForDeletion()) {
            return incumbent || ClaimStatus.isCreating(other) ? Worth.PROVEN : Worth.NONE;
        }
        RuntimeCredentials with = credentials.resolve(other);
        if (with instanceof RuntimeCredentials.Unusable unusable && unusable.isDenied()) {
            return Worth.NONE;
        }
        if (incumbent) {
            return Worth.PROVEN;
        }
        if (other.getSpec().suspend() || ClaimStatus.isParked(other) && !isHolder(other, accountId)) {
            return Worth.NONE;
        }
        if (!(with instanceof RuntimeCredentials.Usable usable)) {
            return ((RuntimeCredentials.Unusable) with).isUnknown() ? Worth.UNKNOWN : Worth.NONE;
        }
        Worth seen = evidence.worth(uid(other), usable.token().fingerprint());
        boolean taking = isHolder(other, accountId) || ClaimStatus.isCreating(other);
        return seen == Worth.UNKNOWN && taking ? Worth.PROVEN : seen;
    }

    private Claim claim(MailDomain domain, String accountId, String heldIn, boolean incumbent) {
        return new Claim(
                uid(domain),
                domain.getMetadata().getNamespace(),
                domain.getMetadata().getName(),
                accountId,
                tenure(domain, heldIn, incumbent),
                domain.getMetadata().getCreationTimestamp());
    }

    /** What this process knows of the holder can be ahead of the watch that shows its ownership record. */
    private Claim.Tenure tenure(MailDomain domain, String heldIn, boolean incumbent) {
        boolean held = isHolder(domain, heldIn);
        if (incumbent) {
            return held ? Claim.Tenure.PROVEN : Claim.Tenure.NOTED;
        }
        if (held || ClaimStatus.isCreating(domain)) {
            return Claim.Tenure.TAKING;
        }
        return ClaimStatus.notedId(domain).isPresent() ? Claim.Tenure.YIELDED : Claim.Tenure.NONE;
    }

    private String accountOf(MailDomain other) {
        return MailDomainStatus.notedZone(other)
                .map(ZoneOwnership::accountId)
                .or(() -> credentials.resolve(other) instanceof RuntimeCredentials.Usable usable
                        ? Optional.of(usable.accountId())
                        : Optional.empty())
                .orElse("");
    }

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }
}
