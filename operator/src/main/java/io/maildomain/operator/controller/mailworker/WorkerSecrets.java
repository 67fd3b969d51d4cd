package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.SecretKeyRef;
import io.maildomain.api.v1alpha1.WorkerSecret;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.controller.deploy.LocalSecrets;
import io.maildomain.operator.controller.deploy.LocalSecrets.Unreadable;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The Secrets of a MailWorker's own namespace: what its script gets to see, and what its source is pulled with. Thread-safe. */
final class WorkerSecrets {

    private final LocalSecrets local;
    private final Consumer<String> secretRead;
    private final Map<String, Read> byUid = new ConcurrentHashMap<>();

    /** What was read last, so that revisions are worked out once; states compare by what the Secrets hold. */
    private record Read(List<WorkerSecret> asked, List<SecretState> states, SecretValues values) {}

    /** @param secretRead told of each secret before anything else is done with it */
    WorkerSecrets(DeployCredentialsResolver credentials, Consumer<String> secretRead) {
        this.local = new LocalSecrets(credentials, secretRead);
        this.secretRead = secretRead;
    }

    /** From now on the Secrets that the MailWorker references are followed; none where the installation reads none. */
    void follow(MailWorker live) {
        MailWorkerSpec spec = live.getSpec();
        local.follow(
                live,
                spec.accountRef().name(),
                spec.source(),
                spec.secrets().stream().map(secret -> secret.valueFrom().name()));
    }

    /**
     * The Secret that the source is pulled with; empty where none is named.
     *
     * @throws Unreadable where one is named that cannot be used
     */
    Optional<SecretState.Present> toPull(MailWorker live) throws Unreadable {
        return local.toPull(live, live.getSpec().source());
    }

    /**
     * What the script gets to see.
     *
     * @throws Unreadable where one of them cannot be used
     */
    SecretValues values(MailWorker live) throws Unreadable {
        List<WorkerSecret> asked = live.getSpec().secrets();
        if (asked.isEmpty()) {
            byUid.remove(live.getMetadata().getUid());
            return SecretValues.NONE;
        }
        Map<String, SecretState.Present> states = new HashMap<>();
        for (WorkerSecret secret : asked) {
            String name = secret.valueFrom().name();
            states.put(name, local.read(live, name, ConditionType.TARGETS_READY));
        }
        List<SecretState> inOrder = asked.stream()
                .<SecretState>map(secret -> states.get(secret.valueFrom().name()))
                .toList();
        Read known = byUid.get(live.getMetadata().getUid());
        if (known != null && known.asked().equals(asked) && known.states().equals(inOrder)) {
            // Of those that others have it may have been pushed out of the log's memory since.
            known.values().values().values().forEach(secretRead);
            return known.values();
        }
        SecretValues values = values(live, asked, states);
        byUid.put(live.getMetadata().getUid(), new Read(asked, inOrder, values));
        return values;
    }

    private SecretValues values(MailWorker live, List<WorkerSecret> asked, Map<String, SecretState.Present> states)
            throws Unreadable {
        Map<String, String> values = new HashMap<>();
        Map<String, String> revisions = new HashMap<>();
        for (WorkerSecret secret : asked) {
            SecretKeyRef ref = secret.valueFrom();
            byte[] bytes = Optional.ofNullable(states.get(ref.name()))
                    .flatMap(state -> state.value(ref.key()))
                    .orElseThrow(() -> LocalSecrets.waiting(
                            ConditionType.TARGETS_READY,
                            "Secret " + ref.name() + " has no key " + ref.key() + ", which the script's "
                                    + secret.name() + " comes from: add it"));
            String value = text(secret, bytes);
            secretRead.accept(value);
            values.put(secret.name(), value);
            revisions.put(
                    secret.name(),
                    SecretRevision.of(live.getMetadata().getNamespace() + "/" + ref.name() + "/" + ref.key(), bytes));
        }
        return new SecretValues(values, revisions);
    }

    private static String text(WorkerSecret secret, byte[] bytes) throws Unreadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // Its words are about the value.
            throw new Unreadable(Blocked.stalled(
                    ConditionType.TARGETS_READY,
                    Reason.SecretUnreadable,
                    "key " + secret.valueFrom().key() + " of Secret "
                            + secret.valueFrom().name() + " is no text: a Worker's secret is one"));
        }
    }

    /** The resource is gone. */
    void forget(String uid) {
        byUid.remove(uid);
        local.forget(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
