package io.maildomain.operator.config;

/** Who is served the status page, which has no authentication of its own and shows the resources of all namespaces. */
public enum PageAudience {
    /** No client: there is no page. */
    NONE,
    /** Those on the same machine: who may forward a port to the operator's Pod, and the Pod's other containers. */
    LOCAL,
    /** Each client that reaches the port. */
    NETWORK
}
