package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.claims.Claim;
import io.maildomain.operator.claims.Claims;
import io.maildomain.operator.claims.Claims.Verdict;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.outcome.Halt;
import java.util.List;
import java.util.Optional;

/** Whether this MailDomain may manage its domain, or another one does (DESIGN, Claims). */
final class ClaimCheck {

    /** Kept in the status: a claim that lost to another namespace stays parked when the winner goes. */
    static final String HELD_ELSEWHERE = Verdict.HELD_ELSEWHERE.reason();

    static final String HELD_IN_NAMESPACE = Verdict.HELD_IN_NAMESPACE.reason();

    private final Cluster cluster;
    private final CredentialsResolver credentials;

    ClaimCheck(Cluster cluster, CredentialsResolver credentials) {
        this.cluster = cluster;
        this.credentials = credentials;
    }

    /** Empty where the domain is this resource's to manage. */
    Optional<Halt> lost(MailDomain mine, RuntimeCredentials.Usable with, String accountId) {
        List<Claim> others = cluster.mailDomainsFor(mine.getSpec().domain()).stream()
                .filter(other -> !uid(other).equals(uid(mine)))
                .filter(this::counts)
                .map(other -> claim(other, accountOf(other)))
                .toList();
        Claim claim = claim(mine, accountId);
        boolean exact = with.grants().exactDomain(mine.getSpec().domain());
        Verdict verdict = Claims.decide(claim, others, isParked(mine), exact);
        if (verdict == Verdict.HELD) {
            return Optional.empty();
        }
        String domain = mine.getSpec().domain();
        return Optional.of(
                verdict == Verdict.HELD_IN_NAMESPACE
                        ? Halt.stalled(ConditionType.ZONE_READY, HELD_IN_NAMESPACE, managedBy(domain, claim, others))
                        : Halt.stalled(ConditionType.ZONE_READY, HELD_ELSEWHERE, managedElsewhere(domain)));
    }

    /** Whether what stands in the status is a lost claim. */
    static boolean isLost(String reason) {
        return Verdict.isLost(reason);
    }

    private boolean counts(MailDomain other) {
        if (other.getSpec() == null || other.getSpec().mode() != Mode.Manage) {
            return false;
        }
        boolean incumbent = isIncumbent(other);
        if (other.isMarkedForDeletion()) {
            return incumbent;
        }
        RuntimeCredentials with = credentials.of(other);
        if (with instanceof RuntimeCredentials.Unusable unusable) {
            return incumbent && !unusable.isDenied();
        }
        return incumbent || !isWorthless(other);
    }

    /** Its token is no good, or neither sees the zone nor may create it, as its own last reconcile found. */
    private static boolean isWorthless(MailDomain other) {
        boolean badToken = condition(other, ConditionType.CREDENTIALS_VALID)
                .filter(condition -> Check.Status.FALSE.words().equals(condition.status()))
                .isPresent();
        return badToken || seesNoZone(other);
    }

    private static boolean seesNoZone(MailDomain other) {
        return zoneReady(other)
                .filter(condition -> Check.Status.FALSE.words().equals(condition.status()))
                .filter(condition -> !"ZonePending".equals(condition.reason()))
                .filter(condition -> !HELD_IN_NAMESPACE.equals(condition.reason()))
                .isPresent();
    }

    private static boolean isParked(MailDomain mine) {
        return zoneReady(mine)
                .filter(condition -> HELD_ELSEWHERE.equals(condition.reason()))
                .isPresent();
    }

    private static Optional<Condition> zoneReady(MailDomain domain) {
        return condition(domain, ConditionType.ZONE_READY);
    }

    private static Optional<Condition> condition(MailDomain domain, ConditionType type) {
        return Optional.ofNullable(domain.getStatus())
                .map(MailDomainStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, type));
    }

    private static Claim claim(MailDomain domain, String accountId) {
        return new Claim(
                uid(domain),
                domain.getMetadata().getNamespace(),
                domain.getMetadata().getName(),
                accountId,
                isIncumbent(domain),
                domain.getMetadata().getCreationTimestamp());
    }

    private String accountOf(MailDomain other) {
        return notedZone(other)
                .map(ZoneOwnership::accountId)
                .or(() -> credentials.of(other) instanceof RuntimeCredentials.Usable usable
                        ? Optional.of(usable.accountId())
                        : Optional.empty())
                .orElse("");
    }

    private static boolean isIncumbent(MailDomain domain) {
        return notedZone(domain).flatMap(ZoneOwnership::notedId).isPresent();
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

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }
}
