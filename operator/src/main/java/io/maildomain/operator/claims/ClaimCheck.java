package io.maildomain.operator.claims;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.claims.Claims.Verdict;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.outcome.Halt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a MailDomain may manage its domain, or another one does (DESIGN, Claims). From what the cluster shows, and from who
 * held the domain last: one for all that ask.
 */
public final class ClaimCheck {

    /** Kept in the status: a claim that lost to a holder in another namespace stays parked when that goes. */
    public static final String HELD_ELSEWHERE = "HeldElsewhere";

    private static final String HELD_IN_NAMESPACE = "HeldInNamespace";

    /** The other one holds nothing yet, and may turn out to be worthless: this does not park. */
    private static final String CLAIMED_ELSEWHERE = "ClaimedElsewhere";

    /** One that has noted a zone, and has lost it, only watched or had no access since: what it noted counts no more. */
    private static final String CLAIM_OPEN = "ClaimOpen";

    private static final String NO_ACCESS = "AccessDenied";

    private final Cluster cluster;
    private final CredentialsResolver credentials;
    private final Holders holders = new Holders();

    /** Reads nothing but what it is given: no call leaves this class. */
    public ClaimCheck(Cluster cluster, CredentialsResolver credentials) {
        this.cluster = cluster;
        this.credentials = credentials;
    }

    /** Empty where the domain is this resource's to manage: then it is remembered as who holds it. */
    public Optional<Halt> lost(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        Optional<Halt> lost = verdict(mine, with, accountId);
        if (lost.isEmpty()) {
            holders.holds(accountId, mine.getSpec().domain(), uid(mine));
        }
        return lost;
    }

    private Optional<Halt> verdict(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        Optional<String> myZone = heldZone(mine, accountId);
        Predicate<MailDomain> holds = other -> isOf(myZone, heldZone(other, accountId));
        List<Claim> others = cluster.mailDomainsFor(mine.getSpec().domain()).stream()
                .filter(other -> !uid(other).equals(uid(mine)))
                .filter(other -> counts(other, holds.test(other)))
                .map(other -> claim(other, accountOf(other), accountId, holds.test(other)))
                .toList();
        Claim claim = claim(mine, accountId, accountId, myZone.isPresent());
        boolean exact = with.grants().exactDomain(mine.getSpec().domain());
        Verdict verdict = Claims.decide(claim, others, isParked(mine), exact);
        String domain = mine.getSpec().domain();
        return switch (verdict) {
            case HELD -> Optional.empty();
            case HELD_IN_NAMESPACE -> lost(HELD_IN_NAMESPACE, managedBy(domain, claim, others));
            case HELD_ELSEWHERE -> lost(HELD_ELSEWHERE, managedElsewhere(domain));
            case CLAIMED_ELSEWHERE -> lost(CLAIMED_ELSEWHERE, claimedElsewhere(domain));
        };
    }

    /** For one that only watches: of a domain that is held in another namespace it learns no more than a loser. */
    public Optional<Halt> hidden(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        return verdict(mine, with, accountId).filter(halt -> HELD_ELSEWHERE.equals(halt.reason()));
    }

    /**
     * What ZoneReady goes on saying until a claim is decided anew, whatever else goes wrong meanwhile: that a lost one is
     * parked, and that what was noted of a zone counts no more.
     *
     * @param now what goes wrong: that there is no access says as much by itself, and what time heals is no reason to count for
     *     nothing
     */
    public static Optional<Check> stillOpen(MailDomain domain, Check now) {
        Optional<Check> parked = condition(domain, ConditionType.ZONE_READY)
                .filter(condition -> HELD_ELSEWHERE.equals(condition.reason()))
                .map(condition -> Check.no(ConditionType.ZONE_READY, condition.reason(), condition.message()));
        boolean open = notedId(domain).isPresent() && hasYielded(domain);
        return parked.isPresent() || !open || NO_ACCESS.equals(now.reason())
                ? parked
                : Optional.of(new Check(
                        ConditionType.ZONE_READY,
                        now.status(),
                        CLAIM_OPEN,
                        "whether this resource still manages the domain is not decided yet: " + now.message()));
    }

    /** Whether what stands in the status is a lost claim. */
    public static boolean isLost(String reason) {
        return Set.of(HELD_ELSEWHERE, HELD_IN_NAMESPACE, CLAIMED_ELSEWHERE).contains(reason);
    }

    private static Optional<Halt> lost(String reason, String message) {
        return Optional.of(Halt.stalled(ConditionType.ZONE_READY, reason, message));
    }

    /** Who has noted a zone holds the domain; not where mine is another one, for a status can be forged. */
    private static boolean isOf(Optional<String> myZone, Optional<String> theirs) {
        return theirs.isPresent() && (myZone.isEmpty() || theirs.equals(myZone));
    }

    /** The zone that a resource has noted, unless it has given the domain up since: what it noted then still stands. */
    private Optional<String> heldZone(MailDomain domain, String heldIn) {
        return notedId(domain).filter(id -> isHolder(domain, heldIn) || !hasYielded(domain));
    }

    private boolean isHolder(MailDomain domain, String heldIn) {
        return holders.isHolder(heldIn, domain.getSpec().domain(), uid(domain));
    }

    /** Its own status says that another one has the domain, or was free to take it. */
    private static boolean hasYielded(MailDomain domain) {
        return domain.getSpec().mode() == Mode.Observe
                || reason(domain, ConditionType.ZONE_READY)
                        .filter(reason -> isLost(reason) || CLAIM_OPEN.equals(reason))
                        .isPresent()
                || reason(domain, ConditionType.READY)
                        .filter("Observing"::equals)
                        .isPresent()
                // Not of Ready: that says the same of a single rule's destination.
                || reason(domain, ConditionType.CREDENTIALS_VALID)
                        .filter(NO_ACCESS::equals)
                        .isPresent();
    }

    private static Optional<String> reason(MailDomain domain, ConditionType type) {
        return condition(domain, type).map(Condition::reason);
    }

    private boolean counts(MailDomain other, boolean incumbent) {
        if (other.getSpec() == null || other.getSpec().mode() != Mode.Manage) {
            return false;
        }
        if (other.isMarkedForDeletion()) {
            return incumbent || isCreating(other);
        }
        RuntimeCredentials with = credentials.of(other);
        if (with instanceof RuntimeCredentials.Unusable unusable) {
            return incumbent && !unusable.isDenied();
        }
        return incumbent || !isWorthless(other);
    }

    /** Its token does not work, or neither sees the zone nor may create it, as its own last reconcile found. */
    private static boolean isWorthless(MailDomain other) {
        // What it said of its access is old news: it has some by now, or would not be asked.
        boolean badToken = isFalse(other, ConditionType.CREDENTIALS_VALID)
                .filter(condition -> !NO_ACCESS.equals(condition.reason()))
                .isPresent();
        Set<String> stillClaims = Set.of("ZonePending", HELD_IN_NAMESPACE, CLAIMED_ELSEWHERE);
        return badToken
                || isFalse(other, ConditionType.ZONE_READY)
                        .filter(condition -> !stillClaims.contains(condition.reason()))
                        .isPresent();
    }

    private static Optional<Condition> isFalse(MailDomain domain, ConditionType type) {
        return condition(domain, type)
                .filter(condition -> Check.Status.FALSE.words().equals(condition.status()));
    }

    private static boolean isParked(MailDomain mine) {
        return condition(mine, ConditionType.ZONE_READY)
                .filter(condition -> HELD_ELSEWHERE.equals(condition.reason()))
                .isPresent();
    }

    private static Optional<Condition> condition(MailDomain domain, ConditionType type) {
        return Optional.ofNullable(domain.getStatus())
                .map(MailDomainStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, type));
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

    /** What this process knows of the holder can be ahead of the watch that shows its ledger. */
    private Claim.Tenure tenure(MailDomain domain, String heldIn, boolean incumbent) {
        boolean held = isHolder(domain, heldIn);
        if (incumbent) {
            return held ? Claim.Tenure.PROVEN : Claim.Tenure.NOTED;
        }
        if (held || isCreating(domain)) {
            return Claim.Tenure.TAKING;
        }
        return notedId(domain).isPresent() ? Claim.Tenure.YIELDED : Claim.Tenure.NONE;
    }

    private static boolean isCreating(MailDomain domain) {
        return notedZone(domain)
                .filter(zone ->
                        zone.origin() == ZoneOrigin.Creating && zone.notedId().isEmpty())
                .isPresent();
    }

    private String accountOf(MailDomain other) {
        return notedZone(other)
                .map(ZoneOwnership::accountId)
                .or(() -> credentials.of(other) instanceof RuntimeCredentials.Usable usable
                        ? Optional.of(usable.accountId())
                        : Optional.empty())
                .orElse("");
    }

    private static Optional<String> notedId(MailDomain domain) {
        return notedZone(domain).flatMap(ZoneOwnership::notedId);
    }

    private static Optional<ZoneOwnership> notedZone(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(MailDomainStatus::ledger)
                .flatMap(ledger -> ledger.notedZone());
    }

    private static String managedBy(String domain, Claim claim, List<Claim> others) {
        String holder = Claims.holderInNamespace(claim, others).map(Claim::name).orElse("another resource");
        return domain + " is managed by MailDomain " + holder + " of this namespace: delete one of the two";
    }

    private static String managedElsewhere(String domain) {
        return domain + " is, or was, managed from another namespace: to take it over, ask for an entry in the"
                + " account's spec.access that names " + domain + " exactly, or delete and create this resource once it"
                + " is free";
    }

    private static String claimedElsewhere(String domain) {
        return domain
                + " is claimed from another namespace as well, and that claim comes first: it is looked at again when"
                + " that one turns out to have no use of it";
    }

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }
}
