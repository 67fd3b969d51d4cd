package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The operator's identity as the chart makes it: its ServiceAccount with its Roles, bindings and the policies for it applied to a
 * {@link KubeApi}, and a token of that ServiceAccount from the TokenRequest API, as the kubelet would get it.
 *
 * @param namespace the operator's namespace
 * @param account the ServiceAccount's name
 * @param kubeconfig logged in as the ServiceAccount, never as an administrator
 */
public record ChartRbac(String namespace, String account, Kubeconfig kubeconfig) {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ServiceAccount.class,
            ClusterRole.class,
            ClusterRoleBinding.class,
            Role.class,
            RoleBinding.class,
            ValidatingAdmissionPolicy.class,
            ValidatingAdmissionPolicyBinding.class);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    /**
     * Renders the chart for a namespace and applies its ServiceAccount and RBAC; namespaces that they need are made.
     *
     * @param values as in a values file
     */
    public static ChartRbac apply(KubeApi api, Chart chart, String namespace, Map<String, ?> values) {
        KubernetesClient client = api.client();
        List<HasMetadata> resources = chart.resources(client, namespace, values).stream()
                .filter(resource -> KINDS.contains(resource.getClass()))
                .toList();
        for (HasMetadata resource : resources) {
            makeNamespaceOf(resource, client);
            client.resource(resource).forceConflicts().serverSideApply();
        }
        ServiceAccount account = resources.stream()
                .filter(ServiceAccount.class::isInstance)
                .map(ServiceAccount.class::cast)
                .findFirst()
                .orElseThrow(() -> new HarnessException("the chart renders no ServiceAccount with " + values));
        String token = requestToken(client, account);
        return new ChartRbac(
                namespace,
                account.getMetadata().getName(),
                Kubeconfig.ofToken(api.config(), account.getMetadata().getName(), namespace, token));
    }

    /** Applies the chart of this checkout with its default values. */
    public static ChartRbac apply(KubeApi api, String namespace) {
        return apply(api, new Chart(Checkout.find().chart()), namespace, Map.of());
    }

    /** A login as a ServiceAccount that is there, for a program that runs in a Pod of it. */
    public static Kubeconfig login(KubeApi api, String namespace, String account) {
        ServiceAccount existing = api.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .require();
        return Kubeconfig.ofToken(api.config(), account, namespace, requestToken(api.client(), existing));
    }

    /**
     * Whether the operator may do this, as {@code kubectl auth can-i} finds out.
     *
     * @param client one that may ask
     * @param where a namespace; "": everywhere
     */
    public boolean may(KubernetesClient client, String verb, String group, String resource, String where) {
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + namespace + ":" + account)
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withNamespace(where)
                .endResourceAttributes()
                .endSpec()
                .build();
        return Boolean.TRUE.equals(client.authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed());
    }

    private static void makeNamespaceOf(HasMetadata resource, KubernetesClient client) {
        String namespace = resource.getMetadata().getNamespace();
        if (namespace != null && client.namespaces().withName(namespace).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    private static String requestToken(KubernetesClient client, ServiceAccount account) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
                .endSpec()
                .build();
        return client.serviceAccounts()
                .resource(account)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }
}
