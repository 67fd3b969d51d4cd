package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Probe;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.cloudflare.deploy.VersionProbe.Finding;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.ProbeEvidence;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks the probes of MailWorkers beside the reconciles, one at a time of each, and remembers what they told: after a restart each is asked
 * once more. Thread-safe.
 */
final class WorkerProbing {

    private final WorkerProbes probes;
    private final Clock clock;
    private final Map<String, Told> byUid = new ConcurrentHashMap<>();
    private final Set<String> under = ConcurrentHashMap.newKeySet();

    /** @param last what the last one found, in words */
    private record Told(ProbeEvidence evidence, Finding last) {
        private static final Told NOTHING = new Told(ProbeEvidence.NONE, Finding.GOOD);
    }

    WorkerProbing(WorkerProbes probes, Clock clock) {
        this.probes = probes;
        this.clock = clock;
    }

    /** What was told so far. */
    ProbeEvidence evidence(String uid) {
        return byUid.getOrDefault(uid, Told.NOTHING).evidence();
    }

    /** What was wrong with the last answer, as the end of a sentence; empty where nothing was, or none was asked for. */
    String lastWords(String uid) {
        return byUid.getOrDefault(uid, Told.NOTHING).last().words();
    }

    /**
     * Sends the request, unless one is under way. The URL's host is one of the Worker's own custom domains, and granted: the planner has
     * seen to that.
     *
     * @return whether it was answered at once; else the resource is woken by the answer
     */
    boolean ask(MailWorker live, DeployStep.Probe step) {
        Optional<Probe> wanted = live.getSpec().rollout().wantedProbe();
        if (wanted.isEmpty()) {
            return true;
        }
        String uid = live.getMetadata().getUid();
        if (!under.add(uid)) {
            return false;
        }
        try {
            probes.beside().accept(live.getMetadata().getNamespace(), () -> ask(live, wanted.get(), step));
        } catch (RejectedExecutionException full) {
            under.remove(uid);
            return false;
        }
        return !under.contains(uid);
    }

    private void ask(MailWorker live, Probe spec, DeployStep.Probe step) {
        try {
            tell(live, spec, step);
        } finally {
            under.remove(live.getMetadata().getUid());
        }
        probes.wake().accept(live);
    }

    private void tell(MailWorker live, Probe spec, DeployStep.Probe step) {
        Finding finding = probes.probe()
                .ask(new VersionProbe.Question(
                        URI.create(spec.url()),
                        spec.status(),
                        spec.wantedText().orElse(null),
                        live.getSpec().script(),
                        step.override() ? step.version() : null));
        byUid.compute(
                live.getMetadata().getUid(),
                (uid, before) -> new Told(
                        (before == null ? Told.NOTHING : before)
                                .evidence()
                                .and(step, finding.isGood(), clock.instant()),
                        finding));
    }

    /** It is asked anew, or the resource is gone. */
    void forget(String uid) {
        byUid.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
