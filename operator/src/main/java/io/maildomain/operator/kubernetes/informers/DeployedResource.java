package io.maildomain.operator.kubernetes.informers;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.OciSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What MailWorkers and MailSites have in common for those who need not know which it is.
 *
 * @param account the name of the CloudflareAccount whose deploy token it is deployed with
 * @param target the name of what it deploys: a script, a Pages project
 * @param secrets the names of the Secrets of its own namespace that it refers to
 * @param deletionPolicy {@code Retain} as well where it only observes
 * @param mode whether it deploys or only looks
 */
public record DeployedResource(
        CustomResource<?, ? extends Conditioned> resource,
        String account,
        String target,
        Set<String> secrets,
        DeletionPolicy deletionPolicy,
        Mode mode) {

    /** Empty where it has no spec: there is nothing to deploy. */
    public static Optional<DeployedResource> of(MailWorker worker) {
        return Optional.ofNullable(worker.getSpec())
                .map(spec -> new DeployedResource(
                        worker,
                        spec.accountRef().name(),
                        spec.script(),
                        secrets(spec),
                        policy(spec.mode(), spec.deletionPolicy()),
                        spec.mode()));
    }

    /** Empty where it has no spec: there is nothing to deploy. */
    public static Optional<DeployedResource> of(MailSite site) {
        return Optional.ofNullable(site.getSpec())
                .map(spec -> new DeployedResource(
                        site,
                        spec.accountRef().name(),
                        spec.project(),
                        secrets(spec),
                        policy(spec.mode(), spec.deletionPolicy()),
                        spec.mode()));
    }

    /** Whether a Worker is deployed by it; else a site. */
    public boolean isWorker() {
        return resource instanceof MailWorker;
    }

    private static DeletionPolicy policy(Mode mode, DeletionPolicy asked) {
        return mode == Mode.Observe ? DeletionPolicy.Retain : asked;
    }

    /** Where it is. */
    public String namespace() {
        return resource.getMetadata().getNamespace();
    }

    private static Set<String> secrets(MailWorkerSpec spec) {
        Stream<String> bound =
                spec.secrets().stream().map(secret -> secret.valueFrom().name());
        return Stream.concat(bound, pullSecret(spec.source())).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> secrets(MailSiteSpec spec) {
        return pullSecret(spec.source()).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> pullSecret(DeploySource source) {
        return source.wantedOci().flatMap(OciSource::wantedPullSecret).map(LocalSecretRef::name).stream();
    }
}
