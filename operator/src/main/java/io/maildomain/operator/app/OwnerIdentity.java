package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.ownership.OwnerMark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Which installation this is: {@code --owner-id}, else derived from what no other installation has: the UIDs of the cluster
 * (of kube-system, that is) and of the operator's namespace, and the Lease's name. So it survives restarts and upgrades, and
 * a backup that is restored elsewhere gets another one.
 */
final class OwnerIdentity {

    private static final int SHOWN = 16;
    private static final String CLUSTER = "kube-system";

    private OwnerIdentity() {}

    /** @throws StartFailure in one line, if a namespace cannot be read */
    static OwnerMark of(OperatorSettings settings, KubernetesClient client) {
        return settings.scope()
                .ownerId()
                .map(OwnerMark::new)
                .orElseGet(() -> derived(
                        settings.scope().operatorNamespace(),
                        settings.scope().accounts(),
                        settings.leadership().leaseName(),
                        client));
    }

    /**
     * That of an installation that chose none.
     *
     * @param accounts whether it uses CloudflareAccounts
     * @throws StartFailure in one line, if a namespace cannot be read
     */
    static OwnerMark derived(String operatorNamespace, boolean accounts, String leaseName, KubernetesClient client) {
        String own = uid(operatorNamespace, client);
        String cluster = accounts ? uid(CLUSTER, client) : "";
        String all = String.join("/", cluster, own, leaseName);
        // The preview of 2026-11-24 took only the one UID, and all installations of a cluster had the same id.
        String former = (cluster.isEmpty() ? own : cluster).replace("-", "");
        return new OwnerMark(
                sha256(all).substring(0, SHOWN), former.substring(0, Math.min(SHOWN, former.length())), Set.of());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String uid(String name, KubernetesClient client) {
        try {
            Namespace namespace = client.namespaces().withName(name).get();
            if (namespace != null) {
                return namespace.getMetadata().getUid();
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
