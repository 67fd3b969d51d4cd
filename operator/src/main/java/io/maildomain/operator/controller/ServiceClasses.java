package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How urgently a resource is looked at, decided once for a reconcile from what the API server has. Pure. */
public final class ServiceClasses {

    private ServiceClasses() {}

    /** The class of service of a resource with this status; null: it has none yet. */
    static ServiceClass of(HasMetadata live, @Nullable Conditioned status) {
        return status == null
                ? of(live, ResourceController.NONE_YET, List.of())
                : of(
                        live,
                        Objects.requireNonNullElse(status.observedGeneration(), ResourceController.NONE_YET),
                        status.conditions());
    }

    /**
     * The class of service.
     *
     * @param observedGeneration of its status; negative where it has none
     * @param conditions of its status; empty where it has none
     */
    public static ServiceClass of(HasMetadata live, long observedGeneration, List<Condition> conditions) {
        if (live.isMarkedForDeletion()) {
            return ServiceClass.CHANGE;
        }
        if (observedGeneration < 0) {
            return ServiceClass.FIRST_SIGHT;
        }
        if (observedGeneration != live.getMetadata().getGeneration()) {
            return ServiceClass.CHANGE;
        }
        return Conditions.isTrue(conditions, ConditionType.READY) ? ServiceClass.CHECK : ServiceClass.WAITING;
    }
}
