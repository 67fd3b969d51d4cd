package io.maildomain.operator.account;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.SecretRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Accounts and MailDomains as tests need them. */
public final class Things {

    static final String ACCOUNT_ID = "0123456789abcdef0123456789abcdef";
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Things() {}

    /** An account whose Secret is {@code mail-system/tokens}. */
    public static CloudflareAccount account(String name, String accountId, AccessGrant... access) {
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(meta(null, name, 0));
        account.setSpec(
                new CloudflareAccountSpec(new SecretRef("mail-system", "tokens"), null, accountId, List.of(access)));
        return account;
    }

    /** A grant to one namespace, without limits but those given. */
    public static AccessGrant grant(String namespace, Integer maxDomains, String... domains) {
        NamespaceSelector namespaces = new NamespaceSelector(Map.of("kubernetes.io/metadata.name", namespace), null);
        return new AccessGrant(namespaces, List.of(domains), true, List.of("*"), List.of("*"), maxDomains);
    }

    /** @param age how many minutes later than others it was created */
    public static MailDomain domain(String namespace, String domain, int age) {
        return domain(namespace, domain, age, Credentials.ofDefaultAccount());
    }

    public static MailDomain domainWithSecret(String namespace, String domain, String secret) {
        return domain(namespace, domain, 0, new Credentials(null, new LocalSecretRef(secret)));
    }

    public static MailDomain domain(String namespace, String domain, int age, Credentials credentials) {
        MailDomain resource = new MailDomain();
        resource.setMetadata(meta(namespace, domain.replace('.', '-'), age));
        resource.setSpec(
                new MailDomainSpec(domain, credentials, null, null, null, null, null, null, null, null, null, null));
        return resource;
    }

    private static ObjectMeta meta(String namespace, String name, int age) {
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(namespace);
        meta.setName(name);
        meta.setUid(name + "-uid" + (namespace == null ? "" : "-" + namespace));
        meta.setGeneration(1L);
        meta.setCreationTimestamp(NOW.plusSeconds(60L * age).toString());
        return meta;
    }
}
