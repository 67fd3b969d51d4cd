package io.maildomain.operator.main;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.operator.routing.OwnerMark;
import io.maildomain.operator.settings.OperatorSettings.Scope;

/** Which installation this is: {@code --owner-id}, else from a namespace's UID, which a restored backup keeps apart. */
final class OwnerIdentity {

    private static final int SHOWN = 16;

    private OwnerIdentity() {}

    /** @throws StartFailure in one line, if the namespace cannot be read */
    static OwnerMark of(Scope scope, KubernetesClient client) {
        return new OwnerMark(scope.ownerId().orElseGet(() -> fromNamespace(scope, client)));
    }

    private static String fromNamespace(Scope scope, KubernetesClient client) {
        String name = scope.accounts() ? "kube-system" : scope.operatorNamespace();
        try {
            Namespace namespace = client.namespaces().withName(name).get();
            if (namespace != null) {
                return namespace.getMetadata().getUid().replace("-", "").substring(0, SHOWN);
            }
            throw new StartFailure("there is no namespace " + name + " to take the owner id from: set --owner-id");
        } catch (KubernetesClientException e) {
            throw new StartFailure(
                    "cannot read namespace " + name + " to take the owner id from (" + e.getCode()
                            + "): allow get on it, or set --owner-id",
                    e);
        }
    }
}
