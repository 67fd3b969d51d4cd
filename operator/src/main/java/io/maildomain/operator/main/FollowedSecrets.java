package io.maildomain.operator.main;

import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.logging.Redactor;
import io.maildomain.operator.secrets.SecretKey;
import io.maildomain.operator.secrets.SecretState;
import io.maildomain.operator.secrets.SecretWatches;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** {@link SecretWatches} as credentials are looked up in it; whatever token is read is known to the log's last net before anybody could log it. */
record FollowedSecrets(SecretWatches watches, Redactor redactor) implements CredentialsResolver.Secrets {

    private static final String TOKEN_KEY = "API_TOKEN";

    @Override
    public void retain(Object user, Set<SecretKey> keys) {
        watches.retain(user, keys);
    }

    @Override
    public void retainFirst(Object user, Set<SecretKey> keys) {
        watches.retainFirst(user, keys);
    }

    @Override
    public SecretState get(SecretKey key) {
        SecretState state = watches.get(key);
        if (state instanceof SecretState.Present present) {
            present.data().forEach((name, value) -> {
                if (name.endsWith(TOKEN_KEY)) {
                    redactor.protect(new String(value, StandardCharsets.UTF_8));
                }
            });
        }
        return state;
    }
}
