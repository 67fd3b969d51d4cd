package io.maildomain.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A status as each of our kinds has one: it speaks of a generation, by conditions. */
public interface Conditioned {

    /** Has the operator look at once, with each new value. */
    String RECONCILE_REQUESTED = "maildomain.io/reconcile-requested-at";

    /** What the schema says of {@link #lastHandledReconcileAt}. */
    String LAST_HANDLED = "The value of the annotation " + RECONCILE_REQUESTED
            + " that the last look saw: once it is the one that you set, " + "the operator has looked since.";

    /** The generation of the spec that it speaks of; null or -1: none yet. */
    Long observedGeneration();

    /** The request to look that was last heeded, as its annotation had it; null: none. */
    String lastHandledReconcileAt();

    /** The request to look that stands on the resource, as its annotation has it; null: none. */
    static String requestOn(HasMetadata resource) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(RECONCILE_REQUESTED);
    }

    /** Never null. */
    List<Condition> conditions();

    /** The condition of a type. */
    default Optional<Condition> condition(String type) {
        return conditions().stream().filter(it -> type.equals(it.type())).findFirst();
    }
}
