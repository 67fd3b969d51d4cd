package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.kubernetes.informers.MailSiteCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Hears what changes, and triggers a reconcile of the MailSites that it concerns. */
public final class SiteWatches implements ResourceListener {

    private final TriggerEventSource<MailSite> mailSites = new TriggerEventSource<>(MailSite.class);
    private final MailSiteCache sites;
    private final ResourceCache cluster;

    /** @param cluster tells which accounts name a Secret */
    public SiteWatches(MailSiteCache sites, ResourceCache cluster) {
        this.sites = sites;
        this.cluster = cluster;
    }

    /** The event source of the MailSite controller. */
    public TriggerEventSource<MailSite> mailSites() {
        return mailSites;
    }

    /** One that goes leaves its project to another one. */
    public void mailSiteChanged(Change<MailSite> change) {
        MailSite either = change.either();
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> before.isMarkedForDeletion() != after.isMarkedForDeletion());
        if (concerns && either.getSpec() != null) {
            sites.ofProject(either.getSpec().project()).stream()
                    .filter(other -> !other.getMetadata()
                            .getUid()
                            .equals(either.getMetadata().getUid()))
                    .forEach(mailSites::trigger);
        }
    }

    /** A Secret that a MailSite or its account refers to was changed, lost, or came back. */
    public void secretChanged(SecretKey secret) {
        Set<String> accounts = cluster.accountsWith(secret).stream()
                .map(account -> account.getMetadata().getName())
                .collect(Collectors.toSet());
        trigger(site -> accounts.contains(site.getSpec().accountRef().name())
                || site.getMetadata().getNamespace().equals(secret.namespace())
                        && site.getSpec()
                                .source()
                                .wantedOci()
                                .flatMap(OciSource::wantedPullSecret)
                                .map(LocalSecretRef::name)
                                .filter(secret.name()::equals)
                                .isPresent());
    }

    @Override
    public void accountChanged(Change<CloudflareAccount> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(site -> site.getSpec().accountRef().name().equals(name));
        }
    }

    @Override
    public void namespaceChanged(Change<Namespace> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(site -> site.getMetadata().getNamespace().equals(name));
        }
    }

    /** It is no matter of a site. */
    @Override
    public void mailWorkerChanged(Change<MailWorker> change) {}

    /** No mail goes to a site. */
    @Override
    public void mailDomainChanged(Change<MailDomain> change) {}

    /** No mail goes to a site. */
    @Override
    public void catchAllRuleChanged(Change<CatchAllRule> change) {}

    /** MailSites are few, and what concerns them this way is rare. */
    private void trigger(Predicate<MailSite> concerned) {
        sites.mailSites().stream()
                .filter(site -> site.getSpec() != null)
                .filter(concerned)
                .forEach(mailSites::trigger);
    }
}
