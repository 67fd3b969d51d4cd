package io.maildomain.operator.credentials;

import io.maildomain.api.v1alpha1.KeyKind;
import java.util.List;
import java.util.Optional;

/** Which token of one Secret serves a surface, or why none does. Keys of two Secrets are never mixed. */
public sealed interface TokenResolution {

    /** A usable token, the key that it came from, and of which kind that key is. */
    record Found(ApiToken token, String key, KeyKind kind) implements TokenResolution {}

    /** No key holds anything; these were looked for, in this order. */
    record Absent(List<String> lookedFor) implements TokenResolution {
        public Absent {
            lookedFor = List.copyOf(lookedFor);
        }
    }

    /** The key that wins holds something that is no token; the reason never shows the value. */
    record Malformed(String key, String reason) implements TokenResolution {}

    /**
     * Looks up a surface's token: the split key before the shared one. A blank value counts as absent, so that it
     * cannot mask the fallback; a malformed one is refused, so that a broken split token is never papered over by a
     * shared token with other rights.
     */
    static TokenResolution resolve(Surface surface, SecretData secret) {
        for (String key : surface.keys()) {
            Optional<SecretData.Value> value = secret.value(key).filter(v -> !SecretText.isBlank(v));
            if (value.isPresent()) {
                return check(surface, key, value.get());
            }
        }
        return new Absent(surface.keys());
    }

    private static TokenResolution check(Surface surface, String key, SecretData.Value value) {
        SecretText.Checked checked = SecretText.token(value);
        if (!checked.reason().isEmpty()) {
            return new Malformed(key, checked.reason());
        }
        KeyKind kind = key.equals(surface.splitKey()) ? KeyKind.Split : KeyKind.Shared;
        return new Found(ApiToken.checked(checked.text()), key, kind);
    }
}
