package io.maildomain.operator.kubernetes.informers;

import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Hears what changes in the cluster; each change holds the object before and after it. */
public interface ResourceListener {

    /**
     * One change of one object.
     *
     * @param before null where it was added; read it by {@link #was()}
     * @param after null where it was deleted; read it by {@link #is()}
     */
    record Change<T>(@Nullable T before, @Nullable T after) {

        /** The object before the change, unless it was just added. */
        public Optional<T> was() {
            return Optional.ofNullable(before);
        }

        /** The object after the change, unless it was deleted. */
        public Optional<T> is() {
            return Optional.ofNullable(after);
        }

        /** Whether the object was just added, or is deleted. */
        public boolean comesOrGoes() {
            return before == null || after == null;
        }

        /** Whether the object was there before and is there now, and the difference is of that kind. */
        public boolean differs(BiPredicate<T, T> so) {
            return before != null && after != null && so.test(before, after);
        }

        /** The object as it was last seen. */
        public T either() {
            return is().or(this::was).orElseThrow();
        }
    }

    /** Both hear of each change, one after the other. */
    static ResourceListener both(ResourceListener first, ResourceListener second) {
        return new ResourceListener() {
            @Override
            public void mailDomainChanged(Change<MailDomain> change) {
                first.mailDomainChanged(change);
                second.mailDomainChanged(change);
            }

            @Override
            public void catchAllRuleChanged(Change<CatchAllRule> change) {
                first.catchAllRuleChanged(change);
                second.catchAllRuleChanged(change);
            }

            @Override
            public void mailboxChanged(Change<Mailbox> change) {
                first.mailboxChanged(change);
                second.mailboxChanged(change);
            }

            @Override
            public void mailWorkerChanged(Change<MailWorker> change) {
                first.mailWorkerChanged(change);
                second.mailWorkerChanged(change);
            }

            @Override
            public void mailSiteChanged(Change<MailSite> change) {
                first.mailSiteChanged(change);
                second.mailSiteChanged(change);
            }

            @Override
            public void destinationAddressChanged(Change<DestinationAddress> change) {
                first.destinationAddressChanged(change);
                second.destinationAddressChanged(change);
            }

            @Override
            public void accountChanged(Change<CloudflareAccount> change) {
                first.accountChanged(change);
                second.accountChanged(change);
            }

            @Override
            public void namespaceChanged(Change<Namespace> change) {
                first.namespaceChanged(change);
                second.namespaceChanged(change);
            }
        };
    }

    /** A MailDomain was added, changed in spec, metadata or status, or deleted. */
    void mailDomainChanged(Change<MailDomain> change);

    /** A CatchAllRule was added, changed or deleted. */
    void catchAllRuleChanged(Change<CatchAllRule> change);

    /** A Mailbox was added, changed in spec, metadata or status, or deleted. */
    void mailboxChanged(Change<Mailbox> change);

    /** A MailWorker was added, changed in spec, metadata or status, or deleted. */
    void mailWorkerChanged(Change<MailWorker> change);

    /** A MailSite was added, changed in spec, metadata or status, or deleted. */
    void mailSiteChanged(Change<MailSite> change);

    /** A DestinationAddress was added, changed in spec, metadata or status, or deleted. */
    void destinationAddressChanged(Change<DestinationAddress> change);

    /** An account was added, changed or deleted. */
    void accountChanged(Change<CloudflareAccount> change);

    /** A namespace was added, changed or deleted. */
    void namespaceChanged(Change<Namespace> change);
}
