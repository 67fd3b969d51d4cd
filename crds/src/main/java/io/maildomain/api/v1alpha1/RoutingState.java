package io.maildomain.api.v1alpha1;

/** How far the operator got with enabling Email Routing. */
public enum RoutingState {
    /** The call is about to be made, or its answer was lost. */
    Enabling,
    /** The operator enabled it. */
    Enabled
}
