package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By what MailDomains are found without going over all of them. One without a spec is found by none. */
public enum MailDomainIndex {

    /** Those for a domain: the key is its name. */
    DOMAIN(domain -> Optional.ofNullable(domain.getSpec().domain())),

    /** Those that use an account: the key is its name. */
    ACCOUNT(domain -> account(domain.getSpec().credentials())),

    /** Those of a namespace. */
    NAMESPACE(domain -> Optional.of(domain.getMetadata().getNamespace())),

    /** Those that name a Secret of their namespace: {@link #key}. */
    OWN_SECRET(domain -> secret(domain.getSpec().credentials()).map(name -> key(namespace(domain), name))),

    /** Those of a namespace to which an account denies access: {@link #key} of both. */
    DENIED(domain -> isDenied(domain)
            ? account(domain.getSpec().credentials()).map(name -> key(namespace(domain), name))
            : Optional.empty()),

    /** Those of a namespace that are being deleted, by what they work with: {@link #group}. */
    GOING(domain -> domain.isMarkedForDeletion() ? Optional.of(group(domain)) : Optional.empty());

    private final Function<MailDomain, Optional<String>> keyOf;

    MailDomainIndex(Function<MailDomain, Optional<String>> keyOf) {
        this.keyOf = keyOf;
    }

    /** The key that it is found by; none or one. */
    public List<String> keysOf(MailDomain domain) {
        return domain.getSpec() == null
                ? List.of()
                : keyOf.apply(domain).stream().toList();
    }

    /** All of them, as an informer's store takes them. */
    public static Map<String, Function<MailDomain, List<String>>> indexers() {
        return Stream.of(values()).collect(Collectors.toMap(MailDomainIndex::name, index -> index::keysOf));
    }

    /** A key of two parts. No name in Kubernetes has a slash. */
    public static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** The namespace, and the account or Secret that is named. */
    public static String group(MailDomain domain) {
        Credentials with = domain.getSpec().credentials();
        return key(namespace(domain), account(with).orElse("")) + "/"
                + secret(with).orElse("");
    }

    private static String namespace(MailDomain domain) {
        return domain.getMetadata().getNamespace();
    }

    private static Optional<String> account(Credentials with) {
        return with.wantedAccount().map(AccountRef::name);
    }

    private static Optional<String> secret(Credentials with) {
        return with.wantedSecret().map(LocalSecretRef::name);
    }

    private static boolean isDenied(MailDomain domain) {
        return domain.getStatus() != null
                && domain.getStatus().conditions().stream().anyMatch(is -> is.says(Reason.AccessDenied));
    }
}
