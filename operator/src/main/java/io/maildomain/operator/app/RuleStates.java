package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.trace.plan.TraceFacts.Asked;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the MailDomains of a cluster say of their rules, for {@code trace}. */
final class RuleStates implements AutoCloseable {

    private final @Nullable KubernetesClient client;

    private RuleStates(@Nullable KubernetesClient client) {
        this.client = client;
    }

    static RuleStates none() {
        return new RuleStates(null);
    }

    static RuleStates ofCluster() {
        Config config = ClusterAccess.config();
        return new RuleStates(ClusterAccess.client(config, ProductVersion.current()));
    }

    /**
     * By {@code namespace/name} of the MailDomain and address in lower case; empty where the cluster tells of none: then the rules are
     * followed all the same.
     *
     * @param makers the resources of which rules of the domain say that they made them
     */
    Map<String, Map<String, Asked>> of(String domain, Set<String> makers) {
        return client == null
                ? Map.of()
                : found(client, makers)
                        .filter(live -> HostNames.same(live.getSpec().domain(), domain) && live.getStatus() != null)
                        .collect(Collectors.toMap(
                                live -> live.getMetadata().getNamespace() + "/"
                                        + live.getMetadata().getName(),
                                RuleStates::asked));
    }

    /** All; for a user who may not list them all, those that may be read. */
    private static Stream<MailDomain> found(KubernetesClient client, Set<String> makers) {
        try {
            return client.resources(MailDomain.class).inAnyNamespace().list().getItems().stream();
        } catch (KubernetesClientException notAll) {
            return makers.stream().map(maker -> maker.split("/", 2)).flatMap(key -> one(client, key[0], key[1]));
        }
    }

    private static Stream<MailDomain> one(KubernetesClient client, String namespace, String name) {
        try {
            return Stream.ofNullable(client.resources(MailDomain.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .get());
        } catch (KubernetesClientException notTold) {
            return Stream.empty();
        }
    }

    private static Map<String, Asked> asked(MailDomain live) {
        Map<String, RuleState> states = live.getStatus().rules().stream()
                .collect(Collectors.toMap(
                        rule -> rule.address().toLowerCase(Locale.ROOT), RuleStatus::state, (one, other) -> one));
        Map<String, Asked> asked = new HashMap<>();
        for (MailRule rule : live.getSpec().rules()) {
            RuleState state = states.get(rule.address());
            if (state != null) {
                asked.put(rule.address(), new Asked(MailAction.of(rule.action()), state));
            }
        }
        return asked;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
