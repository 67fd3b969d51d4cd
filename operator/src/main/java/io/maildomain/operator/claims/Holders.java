package io.maildomain.operator.claims;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which resource this process last found to hold a domain. A second one that notes the same zone has a forged or a copied
 * status: it must not win by being older. Thread-safe; what is here is gone after a restart.
 */
final class Holders {

    private final Map<Domain, String> uids = new ConcurrentHashMap<>();

    private record Domain(String accountId, String name) {}

    void holds(String accountId, String domain, String uid) {
        uids.put(new Domain(accountId, domain), uid);
    }

    boolean isHolder(String accountId, String domain, String uid) {
        return uid.equals(uids.get(new Domain(accountId, domain)));
    }
}
