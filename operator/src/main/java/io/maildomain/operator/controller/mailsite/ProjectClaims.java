package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of several MailSites deploys to a project: the oldest of those that may. One that is being deleted counts until it is gone, for
 * it may delete the project.
 */
record ProjectClaims(ResourceCache cluster, DeployCredentialsResolver credentials) {

    private static final Comparator<MailSite> AGE = Comparator.<MailSite, String>comparing(
                    site -> String.valueOf(site.getMetadata().getCreationTimestamp()))
            .thenComparing(site -> site.getMetadata().getUid());

    /** Why this one does not; empty where it does. */
    Optional<Blocked> lost(MailSite live, Usable with) {
        return holder(live, with)
                .filter(holder -> !isSame(holder, live))
                .map(holder -> Blocked.waiting(
                        ConditionType.TARGETS_READY,
                        Reason.DeployedByAnother,
                        "an older MailSite deploys to %s: %s. Delete one of the two, or choose another spec.project"
                                .formatted(live.getSpec().project(), name(holder, live))));
    }

    private Optional<MailSite> holder(MailSite live, Usable with) {
        Stream<MailSite> others = cluster.mailSitesOf(live.getSpec().project()).stream()
                .filter(other -> !isSame(other, live))
                .filter(other -> deploysThere(other, with.accountId()));
        return Stream.concat(others, Stream.of(live)).min(AGE);
    }

    private static boolean isSame(MailSite one, MailSite other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    /** Who may not deploy to it must not keep others from it. */
    private boolean deploysThere(MailSite other, String accountId) {
        return credentials.resolve(
                                other.getMetadata().getNamespace(),
                                other.getSpec().accountRef().name())
                        instanceof Usable usable
                && usable.accountId().equals(accountId)
                && usable.grants().project(other.getSpec().project());
    }

    private static String name(MailSite holder, MailSite live) {
        String namespace = holder.getMetadata().getNamespace();
        return namespace.equals(live.getMetadata().getNamespace())
                ? holder.getMetadata().getName()
                : "one of another namespace";
    }
}
