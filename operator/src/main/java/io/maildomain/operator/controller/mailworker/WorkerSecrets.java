package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.SecretKeyRef;
import io.maildomain.api.v1alpha1.WorkerSecret;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.sources.DockerConfig;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Secrets of a MailWorker's own namespace: what its script gets to see, and what its source is pulled with. Thread-safe. */
final class WorkerSecrets {

    private final DeployCredentialsResolver credentials;
    private final Consumer<String> secretRead;
    private final Map<String, Read> byUid = new ConcurrentHashMap<>();

    /** What was read last, so that revisions are worked out once; states compare by what the Secrets hold. */
    private record Read(List<WorkerSecret> asked, List<SecretState> states, SecretValues values) {}

    /** A Secret that cannot be used, as it stands in the MailWorker's way. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Blocked why;

        private Unreadable(Blocked why) {
            super(why.reason().name(), null, false, false);
            this.why = why;
        }

        Blocked why() {
            return why;
        }
    }

    /** @param secretRead told of each secret before anything else is done with it */
    WorkerSecrets(DeployCredentialsResolver credentials, Consumer<String> secretRead) {
        this.credentials = credentials;
        this.secretRead = secretRead;
    }

    /** From now on the Secrets that the MailWorker references are followed; none where the installation reads none. */
    void follow(MailWorker live) {
        Set<SecretKey> own = credentials.readsLocalSecrets()
                ? Stream.concat(
                                live.getSpec().secrets().stream()
                                        .map(secret -> secret.valueFrom().name()),
                                pullSecret(live).map(LocalSecretRef::name).stream())
                        .map(name -> new SecretKey(live.getMetadata().getNamespace(), name))
                        .collect(Collectors.toSet())
                : Set.of();
        credentials.follow(
                live.getMetadata().getUid(), live.getSpec().accountRef().name(), own);
    }

    /**
     * The Secret that the source is pulled with; empty where none is named.
     *
     * @throws Unreadable where one is named that cannot be used
     */
    Optional<SecretState.Present> toPull(MailWorker live) throws Unreadable {
        Optional<LocalSecretRef> ref = pullSecret(live);
        if (ref.isEmpty()) {
            return Optional.empty();
        }
        SecretState.Present state = read(live, ref.get().name(), ConditionType.SOURCE_READY);
        state.value(DockerConfig.KEY)
                .ifPresent(config -> DockerConfig.secretsIn(config).forEach(secretRead));
        return Optional.of(state);
    }

    private static Optional<LocalSecretRef> pullSecret(MailWorker live) {
        return live.getSpec().source().wantedOci().flatMap(OciSource::wantedPullSecret);
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
            states.put(name, read(live, name, ConditionType.TARGETS_READY));
        }
        List<SecretState> inOrder = asked.stream()
                .<SecretState>map(secret -> states.get(secret.valueFrom().name()))
                .toList();
        Read known = byUid.get(live.getMetadata().getUid());
        if (known != null && known.asked().equals(asked) && known.states().equals(inOrder)) {
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
                    .orElseThrow(() -> waiting(
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

    private SecretState.Present read(MailWorker live, String name, ConditionType at) throws Unreadable {
        if (!credentials.readsLocalSecrets()) {
            throw new Unreadable(Blocked.stalled(
                    at,
                    Reason.LocalSecretsDisabled,
                    "this installation does not read Secrets of this namespace: take " + name
                            + " out of the spec, or ask for the chart's localSecrets: true"));
        }
        SecretState state = credentials.secret(new SecretKey(live.getMetadata().getNamespace(), name));
        if (state instanceof SecretState.Present present) {
            return present;
        }
        throw state instanceof SecretState.Unknown unknown
                ? unknown(at, unknown)
                : waiting(at, "there is no Secret " + name + " in this namespace: create it");
    }

    private static Unreadable waiting(ConditionType at, String message) {
        return new Unreadable(Blocked.waiting(at, Reason.SecretMissing, message));
    }

    private static Unreadable unknown(ConditionType at, SecretState.Unknown state) {
        boolean momentary = state.cause() == SecretState.Cause.NOT_SYNCED;
        return new Unreadable(new Blocked(
                at,
                Check.Status.UNKNOWN,
                Reason.SecretUnreadable,
                state.why(),
                momentary ? Requeue.CONFLICT : Requeue.BACKOFF,
                Duration.ZERO,
                momentary));
    }

    /** The resource is gone. */
    void forget(String uid) {
        byUid.remove(uid);
        credentials.forget(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
