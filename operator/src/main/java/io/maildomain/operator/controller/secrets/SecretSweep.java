package io.maildomain.operator.controller.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.operator.config.OperatorSettings.Holding;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.secrets.plan.HoldDecision;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Await;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Hold;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Leave;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Limits;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.Release;
import io.maildomain.operator.controller.secrets.plan.HoldDecision.View;
import io.maildomain.operator.controller.secrets.plan.Need;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretMarks;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round over the Secrets that may be held: puts our finalizer on, takes it off, says so. What it remembers from round to round only saves calls, so a crash at any point is mended by the next
 * round. For one thread.
 */
final class SecretSweep implements Runnable {

    /** Another writer that takes the finalizer off each time is not fought; nor is what RBAC refuses asked for sooner. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SecretSweep.class);

    private final Holding settings;
    private final Scope scope;
    private final Supplier<Map<SecretKey, List<Need>>> needs;
    private final Function<SecretKey, Optional<SecretMarks>> followed;
    private final SecretFinalizer finalizer;
    private final SecretNotices notices;
    private final Clock clock;
    private final Instant since;
    private final Limits limits;
    private final Set<SecretKey> held = new HashSet<>();
    private final Set<String> unsearched = new TreeSet<>();
    /** By UID: one that was created again is another one. */
    private final Map<String, Instant> putOn = new HashMap<>();

    private final Map<SecretKey, Instant> forbidden = new HashMap<>();

    /**
     * Makes no call yet.
     *
     * @param needs which Secrets are needed at the moment, and by whom
     * @param followed what is known of a Secret without a call; empty where it is not followed, or not there
     */
    SecretSweep(
            Holding settings,
            Scope scope,
            Supplier<Map<SecretKey, List<Need>>> needs,
            Function<SecretKey, Optional<SecretMarks>> followed,
            SecretFinalizer finalizer,
            SecretNotices notices,
            Clock clock) {
        this.settings = settings;
        this.scope = scope;
        this.needs = needs;
        this.followed = followed;
        this.finalizer = finalizer;
        this.notices = notices;
        this.clock = clock;
        since = clock.instant();
        limits = new Limits(settings.grace(), settings.longest());
        unsearched.addAll(settings.names());
        unsearched.addAll(settings.released());
    }

    @Override
    public void run() {
        search();
        Map<SecretKey, List<Need>> all = needs.get();
        Set<SecretKey> keys = new TreeSet<>(held);
        all.keySet().stream().filter(this::isInReach).forEach(keys::add);
        keys.forEach(key -> goesWell(key, () -> look(key, all.getOrDefault(key, List.of()))));
    }

    /**
     * What the API server refuses in one namespace must not keep the others back.
     *
     * @return false where it has to be tried again
     */
    private boolean goesWell(SecretKey key, Runnable work) {
        try {
            work.run();
            return true;
        } catch (KubernetesClientException refused) {
            boolean forbidden = refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
            if (forbidden) {
                this.forbidden.put(key, clock.instant());
            }
            LOG.warn("Held Secrets: {}: the API server says HTTP {}; it is tried again", key, refused.getCode());
            return forbidden;
        }
    }

    /** Those that an earlier process held, and that may be needed by none any more. Once, until it has gone well. */
    private void search() {
        for (String name : List.copyOf(unsearched)) {
            if (scope.localSecrets() && scope.watchesAllNamespaces()) {
                finalizer.everywhere(name).forEach(held::add);
                unsearched.remove(name);
            } else if (namespaces()
                            .map(namespace -> new SecretKey(namespace, name))
                            // All of them: where one is refused the others are searched as well.
                            .filter(key -> !goesWell(key, () -> searchIn(key)))
                            .count()
                    == 0) {
                unsearched.remove(name);
            }
        }
    }

    private void searchIn(SecretKey key) {
        finalizer.read(key).filter(finalizer::isOn).ifPresent(found -> held.add(key));
    }

    private Stream<String> namespaces() {
        Set<String> all = new TreeSet<>(Set.of(scope.operatorNamespace()));
        if (scope.localSecrets()) {
            all.addAll(scope.watchNamespaces());
        }
        return all.stream();
    }

    /** Where the installation's rights reach: its own namespace, and with {@code --local-secrets} those that it watches. */
    private boolean isInReach(SecretKey key) {
        boolean named =
                settings.names().contains(key.name()) || settings.released().contains(key.name());
        return named
                && (key.namespace().equals(scope.operatorNamespace())
                        || scope.localSecrets()
                                && (scope.watchesAllNamespaces()
                                        || scope.watchNamespaces().contains(key.namespace())));
    }

    /** What is followed is decided by what is known; what is to be written, by a fresh reading. */
    private void look(SecretKey key, List<Need> needed) {
        Instant now = clock.instant();
        if (isRecent(forbidden, key, now)) {
            return;
        }
        Optional<SecretMarks> known = followed.apply(key);
        if (known.isPresent() && decide(key, known.get(), needed, now) instanceof Leave) {
            remember(key, known.get());
            return;
        }
        Optional<Secret> live = finalizer.read(key);
        if (live.isEmpty()) {
            held.remove(key);
            notices.forget(key);
            return;
        }
        SecretMarks marks = SecretMarks.of(live.get());
        remember(key, marks);
        try {
            act(key, live.get(), decide(key, marks, needed, now), now);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw refused;
            }
            forbidden.put(key, now);
            notices.forbidden(
                    key, live.get(), finalizer.name(), marks.finalizers().contains(finalizer.name()));
        }
    }

    private HoldDecision decide(SecretKey key, SecretMarks marks, List<Need> needed, Instant now) {
        View view = new View(
                settings.names().contains(key.name()),
                marks.finalizers().contains(finalizer.name()),
                marks.deletion(),
                needed);
        return HoldDecision.of(view, limits, since, now);
    }

    private void act(SecretKey key, Secret live, HoldDecision decision, Instant now) {
        String uid = live.getMetadata().getUid();
        if (decision instanceof Hold && !isRecent(putOn, uid, now) && finalizer.putOn(live)) {
            held.add(key);
            putOn.put(uid, now);
        } else if (decision instanceof Await await) {
            notices.awaits(key, live, await);
        } else if (decision instanceof Release release && finalizer.takeOff(live)) {
            held.remove(key);
            notices.released(key, live, release.cause());
        }
    }

    /** Whether that was less than a minute ago. */
    private static <K> boolean isRecent(Map<K, Instant> times, K key, Instant now) {
        times.values().removeIf(time -> !now.isBefore(time.plus(PATIENCE)));
        return times.containsKey(key);
    }

    private void remember(SecretKey key, SecretMarks marks) {
        if (marks.finalizers().contains(finalizer.name())) {
            held.add(key);
        } else {
            held.remove(key);
        }
    }
}
