package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.operator.credentials.ApiToken;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which accounts a token serves: they have something to say when a call shows something new of it. Thread-safe. */
public final class AccountTokens {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Consumer<String> gone;

    private record Entry(CloudflareAccount account, Set<String> fingerprints) {}

    /** @param gone hears the name of an account that is gone */
    public AccountTokens(Consumer<String> gone) {
        this.gone = gone;
    }

    /** The accounts that use the token on either surface. */
    public List<CloudflareAccount> usersOf(ApiToken token) {
        return usersOf(token.fingerprint());
    }

    /** The accounts that use the token with this fingerprint on either surface. */
    public List<CloudflareAccount> usersOf(String fingerprint) {
        return entries.values().stream()
                .filter(entry -> entry.fingerprints().contains(fingerprint))
                .map(Entry::account)
                .toList();
    }

    /** The name of an account that uses the token: the first, where several do. */
    public Optional<String> nameFor(ApiToken token) {
        return nameOf(token.fingerprint());
    }

    /** The name of an account that uses the token with this fingerprint: the first, where several do. */
    public Optional<String> nameOf(String fingerprint) {
        return usersOf(fingerprint).stream()
                .map(account -> account.getMetadata().getName())
                .min(Comparator.naturalOrder());
    }

    /** The name of the budget that the token with this fingerprint shares: that of the first account that names one. */
    public Optional<String> budgetOf(String fingerprint) {
        return usersOf(fingerprint).stream()
                .filter(account -> account.getSpec().budget() != null)
                .min(Comparator.comparing(account -> account.getMetadata().getName()))
                .map(account -> account.getSpec().budget());
    }

    /** The fingerprints of both tokens, by the name of the account. */
    public Map<String, Set<String>> fingerprints() {
        return entries.values().stream()
                .collect(Collectors.toMap(
                        entry -> entry.account().getMetadata().getName(), Entry::fingerprints, (one, other) -> one));
    }

    void uses(CloudflareAccount account, Stream<ApiToken> tokens) {
        Set<String> fingerprints = tokens.map(ApiToken::fingerprint).collect(Collectors.toSet());
        entries.put(account.getMetadata().getUid(), new Entry(account, fingerprints));
    }

    /** Ends what is remembered of the account. @return it, unless another one bears its name by now */
    Optional<CloudflareAccount> forget(String uid) {
        Optional<CloudflareAccount> account = Optional.ofNullable(entries.remove(uid))
                .map(Entry::account)
                .filter(former ->
                        !fingerprints().containsKey(former.getMetadata().getName()));
        account.ifPresent(former -> gone.accept(former.getMetadata().getName()));
        return account;
    }

    Set<String> uids() {
        return Set.copyOf(entries.keySet());
    }
}
