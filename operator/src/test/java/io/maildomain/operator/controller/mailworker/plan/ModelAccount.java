package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.controller.mailworker.plan.DeployStep.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Cloudflare has, as far as a Worker's deployment goes. It does what it is asked like Cloudflare, and holds each step against what
 * must never be: no domain of others is taken, no migration runs twice, no version serves that was not meant to.
 */
final class ModelAccount {

    static final String SCRIPT = "mailbox-worker";
    static final String OTHERS = "others-worker";

    /** Cloudflare says no, and has done nothing. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private boolean there;
    private final List<WorkerState.Version> versions = new ArrayList<>();
    private final Map<String, String> digests = new HashMap<>();
    private Map<String, Integer> current = Map.of();
    private List<String> schedules = List.of();
    private boolean workersDev;
    private final Map<String, LinkedHashSet<String>> databases = new TreeMap<>();
    private final Set<String> buckets = new TreeSet<>();
    private final Map<String, String> domains = new TreeMap<>();
    private final Map<String, String> routes = new TreeMap<>();
    private final Set<String> ledByUs = new HashSet<>();
    private int count;

    // What was done to it by the operator.
    private final List<DeployStep> writes = new ArrayList<>();
    private final Set<String> served = new HashSet<>();
    private final Set<String> migratedByUs = new HashSet<>();
    /** The operator's migrations that were applied when a version was last found good, or when others had it serve. */
    private final Map<String, Set<String>> fit = new HashMap<>();
    /** Cloudflare deploys these no more. */
    private final Set<String> undeployable = new HashSet<>();

    ModelAccount copy() {
        ModelAccount copy = new ModelAccount();
        copy.there = there;
        copy.versions.addAll(versions);
        copy.digests.putAll(digests);
        copy.current = current;
        copy.schedules = schedules;
        copy.workersDev = workersDev;
        databases.forEach((name, applied) -> copy.databases.put(name, new LinkedHashSet<>(applied)));
        copy.buckets.addAll(buckets);
        copy.domains.putAll(domains);
        copy.routes.putAll(routes);
        copy.ledByUs.addAll(ledByUs);
        copy.count = count;
        copy.served.addAll(served);
        copy.migratedByUs.addAll(migratedByUs);
        copy.fit.putAll(fit);
        copy.undeployable.addAll(undeployable);
        return copy;
    }

    // What others do.

    ModelAccount database(String name, String... applied) {
        databases.put(name, new LinkedHashSet<>(List.of(applied)));
        return this;
    }

    ModelAccount bucket(String name) {
        buckets.add(name);
        return this;
    }

    ModelAccount domain(String host, String service) {
        domains.put(host, service);
        ledByUs.remove(host);
        return this;
    }

    ModelAccount route(String pattern, String script) {
        routes.put(pattern, script);
        ledByUs.remove(pattern);
        return this;
    }

    ModelAccount noDomain(String host) {
        domains.remove(host);
        return this;
    }

    /** wrangler deploy. */
    String wranglerDeploys() {
        String id = upload(false, "", "wrangler");
        deploy(Map.of(id, 100));
        found(id);
        return id;
    }

    /** wrangler versions upload: it serves nothing. */
    void wranglerUploads() {
        upload(false, "", "wrangler");
    }

    /** The dashboard: a version that was uploaded at some time serves; counted round. */
    void dashboardDeploys(int which) {
        if (there && !versions.isEmpty()) {
            String id = versions.get(which % versions.size()).id();
            deploy(Map.of(id, 100));
            found(id);
        }
    }

    void wranglerSplits() {
        String old = serving().orElseGet(this::wranglerDeploys);
        String id = upload(false, "", "wrangler");
        deploy(Map.of(old, 90, id, 10));
    }

    void othersSchedule(List<String> crons) {
        schedules = crons;
    }

    void othersDelete() {
        there = false;
        versions.clear();
        current = Map.of();
        schedules = List.of();
        workersDev = false;
        domains.values().removeIf(SCRIPT::equals);
        routes.values().removeIf(SCRIPT::equals);
    }

    void wranglerMigrates(String database, String file) {
        Optional.ofNullable(databases.get(database)).ifPresent(applied -> applied.add(file));
    }

    void othersRestore(String database) {
        Optional.ofNullable(databases.get(database)).ifPresent(LinkedHashSet::clear);
        migratedByUs.removeIf(migration -> migration.startsWith(database + "/"));
    }

    private String upload(boolean ours, String tag, String source) {
        there = true;
        String id = "v" + ++count;
        versions.add(0, new WorkerState.Version(id, ours, tag, source));
        return id;
    }

    private void deploy(Map<String, Integer> shares) {
        assertThat(shares.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(ids()).containsAll(shares.keySet());
        current = Map.copyOf(shares);
        shares.forEach((version, share) -> {
            if (share > 0) {
                served.add(version);
            }
        });
    }

    /** Too many versions were uploaded since, say. */
    void cloudflareGivesUp(String version) {
        undeployable.add(version);
    }

    /** A version is good with the databases as they are: its probe said so, none is asked, or others want it so. */
    void found(String version) {
        fit.put(version, Set.copyOf(migratedByUs));
    }

    // What there is to see.

    WorkerState observe(WorkerIntent intent) {
        WorkerState.Script script = new WorkerState.Script(
                current.isEmpty() ? List.of() : List.of(new WorkerState.Deployment(current)),
                versions,
                schedules,
                workersDev);
        Map<String, WorkerState.Database> seen = new HashMap<>();
        intent.content().databases().forEach(database -> Optional.ofNullable(databases.get(database.name()))
                .ifPresent(applied ->
                        seen.put(database.name(), new WorkerState.Database("id-of-" + database.name(), applied))));
        return new WorkerState(
                there ? script : null,
                seen,
                buckets.stream()
                        .map(name -> new WorkerState.Bucket(name, "default"))
                        .collect(Collectors.toSet()),
                domains.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> new WorkerState.CustomDomain("id-of-" + entry.getKey(), entry.getValue()))),
                routes.entrySet().stream()
                        .map(entry ->
                                new WorkerState.Route("id-of-" + entry.getKey(), entry.getKey(), entry.getValue()))
                        .toList(),
                Set.of());
    }

    Optional<String> serving() {
        return current.entrySet().stream()
                .filter(share -> share.getValue() == 100)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Map<String, Integer> current() {
        return current;
    }

    /** What the source of a version was; of another user's it is not known. */
    String digest(String version) {
        return digests.getOrDefault(version, "");
    }

    List<DeployStep> writes() {
        return writes;
    }

    List<String> applied(String database) {
        return List.copyOf(databases.getOrDefault(database, new LinkedHashSet<>()));
    }

    Map<String, String> domains() {
        return domains;
    }

    Map<String, String> routes() {
        return routes;
    }

    List<String> schedules() {
        return schedules;
    }

    boolean isThere() {
        return there;
    }

    /** All that is there, for comparisons. */
    String picture() {
        return List.of(there, versions, current, schedules, workersDev, databases, buckets, domains, routes)
                .toString();
    }

    /** Domains and routes that lead to others, or that others led to the Worker. */
    Map<String, String> ofOthers() {
        Map<String, String> others = new TreeMap<>(domains);
        others.putAll(routes);
        others.keySet().removeAll(ledByUs);
        return others;
    }

    private Set<String> ids() {
        return versions.stream().map(WorkerState.Version::id).collect(Collectors.toSet());
    }

    private WorkerState.Version version(String id) {
        return versions.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    // What the operator does.

    /**
     * Carries a step out.
     *
     * @param ledger as the status has it by then
     * @param forged whether the ledger may hold what the operator has not written
     */
    Answer apply(DeployStep step, WorkerIntent intent, DeployLedger ledger, boolean forged) throws Refusal {
        String fingerprint = intent.fingerprint(observe(intent));
        if (step.writes()) {
            writes.add(step);
        }
        if (step instanceof DeployStep.NoteBookmark read) {
            return Answer.ofBookmark("bookmark-" + read.database() + "-"
                    + databases.get(read.database()).size());
        }
        if (step instanceof DeployStep.ApplyMigration apply) {
            migrate(apply, ledger);
        } else if (step instanceof DeployStep.UploadFirst || step instanceof DeployStep.UploadVersion) {
            return Answer.ofVersion(uploadOurs(step, intent, fingerprint));
        } else if (step instanceof DeployStep.Deploys deploys) {
            assertMeant(deploys, intent, fingerprint, forged);
            if (deploys instanceof DeployStep.GoBack back && undeployable.contains(back.previous())) {
                throw new Refusal();
            }
            deploy(deploys.percentages());
        } else if (step instanceof DeployStep.DeleteWorker) {
            assertThat(versions).allMatch(WorkerState.Version::ours);
            othersDelete();
        } else if (step instanceof DeployStep.Trigger) {
            trigger(step, intent, fingerprint, forged);
        }
        return Answer.PLAIN;
    }

    private void migrate(DeployStep.ApplyMigration apply, DeployLedger ledger) throws Refusal {
        assertThat(ledger.rollout()).isNotNull();
        assertThat(ledger.rollout().bookmarks()).as("people can bring it back").containsKey(apply.database());
        if (apply.migration().sql().contains("no_such_table")) {
            throw new Refusal();
        }
        assertThat(migratedByUs.add(apply.database() + "/" + apply.migration().name()))
                .as("applied once")
                .isTrue();
        assertThat(databases.get(apply.database()).add(apply.migration().name()))
                .as("applied once")
                .isTrue();
    }

    private String uploadOurs(DeployStep step, WorkerIntent intent, String fingerprint) throws Refusal {
        if (intent.content().sourceDigest().startsWith("sha256:refused")) {
            throw new Refusal();
        }
        boolean first = step instanceof DeployStep.UploadFirst;
        assertThat(there).isEqualTo(!first);
        assertThat(versions)
                .as("uploaded once")
                .noneMatch(known -> known.ours() && known.tag().equals(fingerprint));
        String id = upload(true, fingerprint, "api");
        digests.put(id, intent.content().sourceDigest());
        if (first) {
            deploy(Map.of(id, 100));
        }
        return id;
    }

    private void assertMeant(DeployStep.Deploys step, WorkerIntent intent, String fingerprint, boolean forged) {
        if (step instanceof DeployStep.GoBack back) {
            assertThat(served).contains(back.previous());
            assertFit(back.previous(), forged);
        } else if (step instanceof DeployStep.PutBack back) {
            assertThat(intent.corrects()).isTrue();
            assertThat(forged || served.contains(back.version())).isTrue();
            assertFit(back.version(), forged);
        } else if (step instanceof DeployStep.DeployAtZero zero) {
            assertThat(serving()).contains(zero.previous());
            assertThat(version(zero.version()).tag()).isEqualTo(fingerprint);
        } else {
            String promoted = step.percentages().keySet().iterator().next();
            assertThat(version(promoted).tag()).isEqualTo(fingerprint);
        }
    }

    /** What serves already is gone back to by no step. */
    private void assertFit(String version, boolean forged) {
        if (!forged && serving().filter(version::equals).isEmpty()) {
            assertThat(fit).as("only to a version that was found good").containsKey(version);
            assertThat(fit.get(version))
                    .as("never to a version older than a migration")
                    .containsAll(migratedByUs);
        }
    }

    private static boolean leadsItsProbe(DeployStep step, WorkerIntent intent) {
        String host = intent.probed().map(WorkerIntent.Probe::host).orElse("");
        return step instanceof DeployStep.PutDomain put && put.host().equals(host)
                || step instanceof DeployStep.AddRoute add
                        && RoutePattern.host(add.pattern()).equals(host);
    }

    private void trigger(DeployStep step, WorkerIntent intent, String fingerprint, boolean forged) throws Refusal {
        boolean cleanup = step instanceof DeployStep.RemoveDomain || step instanceof DeployStep.RemoveRoute;
        assertThat(cleanup
                        || leadsItsProbe(step, intent)
                        || version(serving().orElseThrow()).tag().equals(fingerprint))
                .as("triggers come last")
                .isTrue();
        if (step instanceof DeployStep.SetSchedules set) {
            schedules = set.schedules();
        } else if (step instanceof DeployStep.SetSubdomain set) {
            workersDev = set.enabled();
        } else if (step instanceof DeployStep.PutDomain put) {
            if (put.host().startsWith("recorded.")) {
                throw new Refusal();
            }
            assertThat(domains.putIfAbsent(put.host(), intent.script()))
                    .as("no domain of others is taken")
                    .isNull();
            ledByUs.add(put.host());
        } else if (step instanceof DeployStep.AddRoute add) {
            assertThat(routes.putIfAbsent(add.pattern(), intent.script()))
                    .as("no route of others is taken")
                    .isNull();
            ledByUs.add(add.pattern());
        } else if (step instanceof DeployStep.RemoveDomain remove) {
            assertThat(domains.remove(remove.host())).isEqualTo(SCRIPT);
            assertThat(forged || ledByUs.remove(remove.host())).as("it is ours").isTrue();
        } else if (step instanceof DeployStep.RemoveRoute remove) {
            assertThat(routes.remove(remove.pattern())).isEqualTo(SCRIPT);
            assertThat(forged || ledByUs.remove(remove.pattern()))
                    .as("it is ours")
                    .isTrue();
        }
    }
}
