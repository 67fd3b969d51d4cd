package io.maildomain.operator.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Await;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Cause;
import io.maildomain.operator.kubernetes.events.EventType;
import io.maildomain.operator.kubernetes.events.Events;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of a held Secret, in Events about it and in the log: each once, until something else is to be told. */
final class SecretNotices {

    private static final Logger LOG = LoggerFactory.getLogger(SecretNotices.class);
    private static final int NAMED = 3;

    private final Events events;
    private final Map<SecretKey, String> told = new HashMap<>();

    /** @param events where the Secrets' Events go */
    SecretNotices(Events events) {
        this.events = events;
    }

    void awaits(SecretKey key, Secret secret, Await await) {
        String why = await.going().isEmpty()
                ? "it is being deleted, but nothing that needs its token is: it goes at " + await.until()
                        + ", unless one is deleted until then. To be rid of the token, revoke it at Cloudflare"
                : "it is being deleted, and goes once these are undone with its token, at " + await.until()
                        + " at the latest: " + named(await.going());
        tell(key, secret, EventType.NORMAL, Reason.SecretHeld, why);
    }

    void released(SecretKey key, Secret secret, Cause cause) {
        switch (cause) {
            case NOT_NEEDED, NOT_LISTED -> LOG.debug("Secret {} is not held any more: {}", key, cause);
            case DELETED_ON_PURPOSE ->
                tell(
                        key,
                        secret,
                        EventType.WARNING,
                        Reason.SecretReleased,
                        "it was deleted and is not held any more: its token is still needed, but nothing that needs it is being"
                                + " deleted");
            case TOO_LONG ->
                tell(
                        key,
                        secret,
                        EventType.WARNING,
                        Reason.SecretReleased,
                        "it was deleted and is not held any more, though what is being deleted still needs its"
                                + " token: --hold-secrets-longest is over");
        }
        forget(key);
    }

    /** The operator may not write the finalizer. */
    void forbidden(SecretKey key, Secret secret, String finalizer, boolean held) {
        String remedy = held
                ? "its finalizer " + finalizer
                        + " stays until you take it off, or grant the operator patch on it (chart:"
                        + " heldSecrets.released)"
                : "a deletion takes it at once, and a restarted operator then cannot undo what needs it. Grant the operator"
                        + " patch on this Secret (chart: heldSecrets.names), or leave it out of --held-secrets";
        tell(key, secret, EventType.WARNING, Reason.SecretNotHeld, "the operator may not patch it: " + remedy);
    }

    void forget(SecretKey key) {
        told.remove(key);
    }

    private void tell(SecretKey key, Secret secret, EventType type, Reason reason, String message) {
        if (message.equals(told.put(key, message))) {
            return;
        }
        if (type == EventType.WARNING) {
            LOG.warn("Secret {}: {}", key, message);
        } else {
            LOG.info("Secret {}: {}", key, message);
        }
        events.record(secret, type, reason, message);
    }

    private static String named(List<String> resources) {
        String first = String.join(", ", resources.subList(0, Math.min(NAMED, resources.size())));
        return resources.size() > NAMED ? first + " and " + (resources.size() - NAMED) + " more" : first;
    }
}
