package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.operator.credentials.ApiToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which accounts a token serves: they have something to say when a call shows something new of it. Thread-safe. */
public final class AccountTokens {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(CloudflareAccount account, Set<String> fingerprints) {}

    /** The accounts that use the token on either surface. */
    public List<CloudflareAccount> usersOf(ApiToken token) {
        String fingerprint = token.fingerprint();
        return entries.values().stream()
                .filter(entry -> entry.fingerprints().contains(fingerprint))
                .map(Entry::account)
                .toList();
    }

    void uses(CloudflareAccount account, Stream<ApiToken> tokens) {
        Set<String> fingerprints = tokens.map(ApiToken::fingerprint).collect(Collectors.toSet());
        entries.put(account.getMetadata().getUid(), new Entry(account, fingerprints));
    }

    /** Ends what is remembered of the account. @return it, unless another one bears its name by now */
    Optional<CloudflareAccount> forget(String uid) {
        return Optional.ofNullable(entries.remove(uid)).map(Entry::account).filter(gone -> entries.values().stream()
                .noneMatch(other -> other.account()
                        .getMetadata()
                        .getName()
                        .equals(gone.getMetadata().getName())));
    }

    Set<String> uids() {
        return Set.copyOf(entries.keySet());
    }
}
