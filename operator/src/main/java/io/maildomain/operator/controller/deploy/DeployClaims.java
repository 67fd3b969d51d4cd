package io.maildomain.operator.controller.deploy;

import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentials.Unusable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Which of several resources has something at Cloudflare: the oldest of those that may deploy it. One that is being deleted counts until
 * it is gone, for it may delete that. One of which it is not known whether it may counts as well: what it deployed before a restart is
 * still there. One that only observes has nothing.
 */
public record DeployClaims(DeployCredentialsResolver credentials) {

    private static final Comparator<DeployedResource> AGE = Comparator.<DeployedResource, String>comparing(
                    deployed -> String.valueOf(deployed.resource().getMetadata().getCreationTimestamp()))
            .thenComparing(deployed -> deployed.resource().getMetadata().getUid());

    /**
     * What only one can have, in words.
     *
     * @param has what the one that has it does, such as {@code deploys mailbox-worker}
     * @param otherwise what another one can do instead, as the end of a sentence
     */
    public record Claimed(String has, String otherwise) {}

    /**
     * Why another one has it; empty where this one does.
     *
     * @param others that want it as well; this one may be among them
     * @param accountId of the account of Cloudflare that it is in
     * @param granted whether what a namespace is granted covers it
     */
    public Optional<Blocked> lost(
            DeployedResource live,
            Stream<DeployedResource> others,
            String accountId,
            BiPredicate<DeployGrants, DeployedResource> granted,
            Claimed claimed) {
        List<DeployedResource> older = others.filter(
                        other -> other.mode() == Mode.Manage && AGE.compare(other, live) < 0)
                .sorted(AGE)
                .toList();
        Optional<Blocked> perhaps = Optional.empty();
        for (DeployedResource other : older) {
            Optional<DeployCredentials> with = credentials.deploying(
                    other.namespace(), other.account(), accountId, grants -> granted.test(grants, other));
            if (with.isPresent() && !(with.get() instanceof Unusable)) {
                return Optional.of(held(live, other, claimed));
            }
            perhaps = perhaps.or(() -> with.map(Unusable.class::cast).map(why -> unknown(live, other, claimed, why)));
        }
        return perhaps;
    }

    private static Blocked held(DeployedResource live, DeployedResource holder, Claimed claimed) {
        return Blocked.waiting(
                ConditionType.TARGETS_READY,
                Reason.DeployedByAnother,
                "an older %s %s: %s. Delete one of the two, or %s"
                        .formatted(live.resource().getKind(), claimed.has(), name(holder, live), claimed.otherwise()));
    }

    /** As soon, and said as loud, as if the Secret were this one's own. */
    private static Blocked unknown(DeployedResource live, DeployedResource other, Claimed claimed, Unusable why) {
        return new Blocked(
                ConditionType.TARGETS_READY,
                Check.Status.UNKNOWN,
                Reason.DeployedByAnother,
                "perhaps an older %s %s: %s, the Secret of whose account cannot be read now. Delete one of the two, or %s"
                        .formatted(live.resource().getKind(), claimed.has(), name(other, live), claimed.otherwise()),
                why.blocked().requeue(),
                Duration.ZERO,
                why.blocked().quiet());
    }

    private static String name(DeployedResource holder, DeployedResource live) {
        return holder.namespace().equals(live.namespace())
                ? holder.resource().getMetadata().getName()
                : "one of another namespace";
    }
}
