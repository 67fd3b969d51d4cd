package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.operator.server.http.Meta;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code /api/meta} shows of each account: names of keys and Secrets, never a value. */
public final class AccountMeta {

    private final Map<String, Meta.Account> accounts = new ConcurrentHashMap<>();

    /** The accounts as they were last seen, by name. */
    public Map<String, Meta.Account> accounts() {
        return Map.copyOf(accounts);
    }

    void remember(CloudflareAccount account, CloudflareAccountStatus status) {
        Map<String, Meta.Surface> surfaces = new TreeMap<>();
        add(surfaces, "runtime", status.runtime());
        add(surfaces, "deploy", status.deploy());
        accounts.put(
                account.getMetadata().getName(),
                new Meta.Account(Boolean.TRUE.equals(status.domainBindingEnabled()), surfaces));
    }

    void forget(CloudflareAccount account) {
        accounts.remove(account.getMetadata().getName());
    }

    private static void add(Map<String, Meta.Surface> surfaces, String name, SurfaceStatus status) {
        if (status != null) {
            surfaces.put(name, new Meta.Surface(status.key(), status.kind().name(), status.source()));
        }
    }
}
