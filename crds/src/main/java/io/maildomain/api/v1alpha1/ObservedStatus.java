package io.maildomain.api.v1alpha1;

/** A status that says which resource it speaks of: after a restore from a backup there is another of the same name. */
public interface ObservedStatus extends Conditioned {

    /** The UID of the resource that it speaks of; null: none yet. */
    String observedUid();

    /** Whether it speaks of this generation of the resource with this UID. */
    default boolean isOf(String uid, Long generation) {
        return uid.equals(observedUid()) && generation.equals(observedGeneration());
    }
}
