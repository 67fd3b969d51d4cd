package io.maildomain.operator.statuspage.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource of another kind than MailDomain that is not as it should be.
 *
 * @param resource {@code namespace/name}
 */
public record OtherFact(String kind, String resource, Standing standing, Said said) {

    static final Comparator<OtherFact> ORDER = Comparator.comparing(OtherFact::standing)
            .thenComparing(OtherFact::kind)
            .thenComparing(OtherFact::resource);

    private static final String MAILBOX = "Mailbox";
    private static final String DESTINATION = "DestinationAddress";

    /** Of a Mailbox: that its time is over is as it should be, and what its MailDomain or its destination waits for stands with these. */
    private static final Set<Reason> OF_MAILBOXES =
            EnumSet.of(Reason.Expired, Reason.DomainNotReady, Reason.DestinationUnverified);

    /** Of a DestinationAddress: those that wait for a click have a list of their own. */
    private static final Set<Reason> OF_DESTINATIONS = EnumSet.of(Reason.DestinationUnverified);

    /**
     * What is to be said of the resource; empty where it is as it should be, or stands elsewhere on the page.
     *
     * @param status null: there is none yet
     */
    public static Optional<OtherFact> of(HasMetadata resource, @Nullable Conditioned status) {
        Standing standing = Standing.of(status, resource.getMetadata().getGeneration());
        Set<Reason> elsewhere =
                switch (resource.getKind()) {
                    case MAILBOX -> OF_MAILBOXES;
                    case DESTINATION -> OF_DESTINATIONS;
                    default -> Set.of();
                };
        if (!standing.needsAttention()
                || reason(status).filter(elsewhere::contains).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new OtherFact(
                resource.getKind(),
                resource.getMetadata().getNamespace() + "/"
                        + resource.getMetadata().getName(),
                standing,
                Said.of(status, standing)));
    }

    private static Optional<Reason> reason(@Nullable Conditioned status) {
        return Optional.ofNullable(status)
                .flatMap(said -> said.condition(ConditionType.READY.value()))
                .flatMap(Condition::knownReason);
    }
}
