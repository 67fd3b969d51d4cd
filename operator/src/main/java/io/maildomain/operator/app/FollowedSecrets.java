package io.maildomain.operator.app;

import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.kubernetes.secrets.SecretWatches;
import io.maildomain.operator.server.logging.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** {@link SecretWatches} as credentials are looked up in it; whatever token is read is known to the log's last net before any code could log it. */
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
