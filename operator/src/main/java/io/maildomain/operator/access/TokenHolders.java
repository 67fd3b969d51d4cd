package io.maildomain.operator.access;

import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the Secrets that are followed hold a token: who works with it is found by them. Thread-safe; no readable token is kept. */
public final class TokenHolders {

    private final Map<SecretKey, Set<String>> fingerprints = new HashMap<>();
    private final Map<String, Set<SecretKey>> holders = new HashMap<>();

    /** The Secret was read. @return the tokens that it holds now */
    public Set<ApiToken> read(SecretKey secret, SecretState state) {
        Set<ApiToken> tokens = state instanceof SecretState.Present present ? tokensIn(present) : Set.of();
        holds(secret, tokens.stream().map(ApiToken::fingerprint).collect(Collectors.toSet()));
        return tokens;
    }

    /** The Secret is not followed any more. */
    public void ended(SecretKey secret) {
        holds(secret, Set.of());
    }

    /** Those that hold the token. */
    public synchronized Set<SecretKey> of(ApiToken token) {
        return Set.copyOf(holders.getOrDefault(token.fingerprint(), Set.of()));
    }

    private synchronized void holds(SecretKey secret, Set<String> now) {
        Set<String> before = now.isEmpty() ? fingerprints.remove(secret) : fingerprints.put(secret, now);
        if (before != null) {
            before.forEach(token -> holders.computeIfPresent(token, (key, secrets) -> {
                secrets.remove(secret);
                return secrets.isEmpty() ? null : secrets;
            }));
        }
        now.forEach(
                token -> holders.computeIfAbsent(token, key -> new HashSet<>()).add(secret));
    }

    private static Set<ApiToken> tokensIn(SecretState.Present present) {
        SecretData data = SecretData.ofBytes(present.data());
        return Stream.of(Surface.values())
                .map(surface -> TokenResolution.resolve(surface, data))
                .filter(TokenResolution.Found.class::isInstance)
                .map(found -> ((TokenResolution.Found) found).token())
                .collect(Collectors.toSet());
    }
}
