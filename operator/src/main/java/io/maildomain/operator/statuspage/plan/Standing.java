package io.maildomain.operator.statuspage.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a resource is, in the order in which people want to see them: what needs them comes first. */
public enum Standing {
    /** Nothing more happens by itself soon. */
    STOPPED("Needs you", "stopped"),
    /** Not ready, and it goes on by itself, possibly once a person has done something elsewhere. */
    WAITING("Waiting", "waiting"),
    /** Ready, and yet mail is not led there, something differs that the operator is not to change, or a token or its checks are not as they should be. */
    DOUBTFUL("Ready with a remark", "doubtful"),
    /** The operator has not looked at it yet, or not at what its spec says now. */
    UNSEEN("Not looked at yet", "unseen"),
    /** The operator is told to leave it, or its MailDomain, as it is. */
    SUSPENDED(Reason.Suspended.name(), "suspended"),
    READY(Reason.Ready.name(), "ready");

    /** Conditions that are no part of Ready; of an account without a deploy token nothing is wrong. A zone is none where the operator only watches. */
    private static final List<ConditionType> REMARKS = List.of(
            ConditionType.ZONE_READY,
            ConditionType.MAIL_DELIVERABLE,
            ConditionType.IN_SYNC,
            ConditionType.DEPLOY_TOKEN_VALID,
            ConditionType.CHECKS_CURRENT);

    private final String words;
    private final String styleClass;

    Standing(String words, String styleClass) {
        this.words = words;
        this.styleClass = styleClass;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** For the style sheet. */
    String styleClass() {
        return styleClass;
    }

    /** Whether a person may have something to do. */
    public boolean needsAttention() {
        return this == STOPPED || this == WAITING || this == DOUBTFUL;
    }

    /**
     * By what its conditions say.
     *
     * @param status null: there is none yet
     * @param generation of the spec, as it is now; null where that is not known
     */
    public static Standing of(@Nullable Conditioned status, @Nullable Long generation) {
        Condition ready = status == null
                ? null
                : status.condition(ConditionType.READY.value()).orElse(null);
        if (status == null || ready == null || isBehind(status, generation)) {
            return UNSEEN;
        }
        if (holds(status, ConditionType.STALLED)) {
            return STOPPED;
        }
        if (ready.says(Reason.DomainSuspended)) {
            return SUSPENDED;
        }
        if (!ready.holds()) {
            return WAITING;
        }
        return remark(status).isPresent() ? DOUBTFUL : READY;
    }

    /** What is wrong though the resource is ready. */
    static Optional<Condition> remark(Conditioned status) {
        return REMARKS.stream()
                .flatMap(type -> status.condition(type.value()).stream())
                .filter(condition -> "False".equals(condition.status()) && !condition.says(Reason.NotConfigured))
                .findFirst();
    }

    /** Whether there is a status, and it speaks of the spec as it is now. */
    static boolean isOfThisSpec(HasMetadata resource, @Nullable Conditioned status) {
        return status != null && !isBehind(status, resource.getMetadata().getGeneration());
    }

    /** Whether it speaks of a spec that has been changed since. */
    private static boolean isBehind(Conditioned status, @Nullable Long generation) {
        return generation != null && status.observedGeneration() != null && status.observedGeneration() < generation;
    }

    private static boolean holds(Conditioned status, ConditionType type) {
        return status.condition(type.value()).filter(Condition::holds).isPresent();
    }
}
