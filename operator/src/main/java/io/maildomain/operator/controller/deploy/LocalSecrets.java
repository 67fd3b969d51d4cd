package io.maildomain.operator.controller.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.sources.DockerConfig;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Secrets of the namespace of what is deployed, where the installation reads any. Remembers nothing.
 *
 * @param secretRead told of each secret before anything else is done with it
 */
public record LocalSecrets(DeployCredentialsResolver credentials, Consumer<String> secretRead) {

    /** A Secret that cannot be used, as it stands in the resource's way. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Blocked why;

        public Unreadable(Blocked why) {
            super(why.reason().name(), null, false, false);
            this.why = why;
        }

        public Blocked why() {
            return why;
        }
    }

    /**
     * From now on that which the source is pulled with is followed, and the others; none where the installation reads none.
     *
     * @param account the name of the CloudflareAccount, whose Secrets are followed as well
     * @param others names of Secrets of the resource's namespace
     */
    public void follow(HasMetadata live, String account, DeploySource source, Stream<String> others) {
        Set<SecretKey> own = credentials.readsLocalSecrets()
                ? Stream.concat(others, pullSecret(source).map(LocalSecretRef::name).stream())
                        .map(name -> new SecretKey(live.getMetadata().getNamespace(), name))
                        .collect(Collectors.toSet())
                : Set.of();
        credentials.follow(live.getMetadata().getUid(), account, own);
    }

    /** The resource is gone. */
    public void forget(String uid) {
        credentials.forget(uid);
    }

    /**
     * The Secret that the source is pulled with; empty where none is named.
     *
     * @throws Unreadable where one is named that cannot be used
     */
    public Optional<SecretState.Present> toPull(HasMetadata live, DeploySource source) throws Unreadable {
        Optional<LocalSecretRef> ref = pullSecret(source);
        if (ref.isEmpty()) {
            return Optional.empty();
        }
        SecretState.Present state = read(live, ref.get().name(), ConditionType.SOURCE_READY);
        String reference = source.wantedOci().map(OciSource::reference).orElse("");
        state.value(DockerConfig.KEY)
                .ifPresent(config -> DockerConfig.secretsIn(reference, config).forEach(secretRead));
        return Optional.of(state);
    }

    private static Optional<LocalSecretRef> pullSecret(DeploySource source) {
        return source.wantedOci().flatMap(OciSource::wantedPullSecret);
    }

    /**
     * What a Secret of the resource's namespace holds.
     *
     * @param at the condition that it stands in the way of
     * @throws Unreadable where it cannot be used
     */
    public SecretState.Present read(HasMetadata live, String name, ConditionType at) throws Unreadable {
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

    /** It is to be created, or a key to be added. */
    public static Unreadable waiting(ConditionType at, String message) {
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
}
