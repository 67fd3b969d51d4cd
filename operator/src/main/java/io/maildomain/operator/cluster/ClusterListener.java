package io.maildomain.operator.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import java.util.Optional;

/** Hears what changes in the cluster; each change holds the object before and after it. */
public interface ClusterListener {

    /**
     * One change of one object.
     *
     * @param before null where it was added; read it by {@link #was()}
     * @param after null where it was deleted; read it by {@link #is()}
     */
    record Change<T>(T before, T after) {

        /** The object before the change, unless it was just added. */
        public Optional<T> was() {
            return Optional.ofNullable(before);
        }

        /** The object after the change, unless it was deleted. */
        public Optional<T> is() {
            return Optional.ofNullable(after);
        }

        /** The object as it was last seen. */
        public T either() {
            return after == null ? before : after;
        }
    }

    /** Both hear of each change, one after the other. */
    static ClusterListener both(ClusterListener first, ClusterListener second) {
        return new ClusterListener() {
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

    /** An account was added, changed or deleted. */
    void accountChanged(Change<CloudflareAccount> change);

    /** A namespace was added, changed or deleted. */
    void namespaceChanged(Change<Namespace> change);
}
