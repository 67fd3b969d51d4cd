package io.maildomain.operator.kubernetes.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** From what the API server said to a {@link SecretState}. */
final class SecretReading {

    private SecretReading() {}

    /** Nothing was read so far. */
    static SecretState notYet(SecretKey key) {
        return new SecretState.Unknown(SecretState.Cause.NOT_SYNCED, "Secret %s has not been read yet".formatted(key));
    }

    /**
     * The state after a failure. While the API server cannot be reached, or does not know the operator, a Secret that we have read stays what it was: working on with a token in hand beats standing still. An absence, in
     * contrast, was true only at its time.
     */
    static SecretState afterFailure(SecretKey key, SecretState before, Throwable failure) {
        SecretState.Unknown unknown = unknown(key, failure);
        boolean keep = before instanceof SecretState.Present && unknown.cause() == SecretState.Cause.API_ERROR;
        return keep ? before : unknown;
    }

    static SecretState of(SecretKey key, Secret secret) {
        Map<String, byte[]> data = new HashMap<>();
        Map<String, String> encoded = secret.getData() == null ? Map.of() : secret.getData();
        for (Map.Entry<String, String> entry : encoded.entrySet()) {
            try {
                String text = entry.getValue() == null ? "" : entry.getValue();
                data.put(entry.getKey(), Base64.getMimeDecoder().decode(text));
            } catch (IllegalArgumentException invalid) {
                return new SecretState.Unknown(
                        SecretState.Cause.API_ERROR,
                        "key %s of Secret %s is not base64: write the Secret again, or use stringData"
                                .formatted(entry.getKey(), key));
            }
        }
        return new SecretState.Present(data, secret.getMetadata().getResourceVersion());
    }

    private static SecretState.Unknown unknown(SecretKey key, Throwable failure) {
        // The failure's own message is left out: it may quote what was read.
        Optional<KubernetesClientException> answer = find(failure);
        int code = answer.map(KubernetesClientException::getCode).orElse(0);
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            return new SecretState.Unknown(
                    SecretState.Cause.FORBIDDEN,
                    ("the operator is not allowed to read Secret %s: its ServiceAccount needs get, list and watch on secrets"
                                    + " in namespace %s (by default it has them in its own namespace only)")
                            .formatted(key, key.namespace()));
        }
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
            // Nothing is said of the Secret, nor of who may read it: the ServiceAccount's token is being replaced,
            // perhaps.
            return new SecretState.Unknown(
                    SecretState.Cause.API_ERROR,
                    "Secret %s cannot be read: the API server does not accept the operator's own credentials"
                            .formatted(key));
        }
        String what = code > 0 ? "the API server answered " + code : "the API server cannot be reached";
        return new SecretState.Unknown(
                SecretState.Cause.API_ERROR, "Secret %s cannot be read: %s".formatted(key, what));
    }

    private static Optional<KubernetesClientException> find(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException answer && answer.getCode() > 0) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }
}
