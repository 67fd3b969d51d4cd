package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Asked;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Planned;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Stage;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What people may ask for, what may be there, and what others may do meanwhile. */
final class DeployArbitraries {

    static final OwnerMark MARK = new OwnerMark("us");
    static final String HOST = "api.example.com";
    static final String ROUTE = "example.com/api/*";

    static final Migration FIRST = new Migration("0001_init.sql", "CREATE TABLE mails (id INTEGER PRIMARY KEY);");
    static final Migration SECOND = new Migration("0002_more.sql", "ALTER TABLE mails ADD sender TEXT;");
    static final Migration BRANCH = new Migration("0001_branch.sql", "CREATE TABLE branches (id INTEGER);");
    static final Migration BROKEN = new Migration("0003_broken.sql", "INSERT INTO no_such_table VALUES (1);");
    static final Migration DROPS = new Migration("0004_drops.sql", "DROP TABLE mails;");
    static final Migration STRANGE = new Migration("0005_strange.sql", "ATTACH 'x' AS y;");

    private DeployArbitraries() {}

    static WorkerIntent intent(
            String digest,
            List<WorkerIntent.Database> databases,
            WorkerIntent.Triggers triggers,
            WorkerIntent.Probe probe,
            ConflictPolicy conflict,
            DriftPolicy drift) {
        WorkerIntent.Content content = new WorkerIntent.Content(
                digest,
                Set.of("index.js", "lib.js"),
                "index.js",
                "2026-04-01",
                List.of(),
                databases,
                List.of(new WorkerIntent.Bucket("MAIL", "mail-bucket", "default")),
                Map.of("APP_ENV", "production"),
                Map.of(),
                List.of());
        return new WorkerIntent(
                ModelAccount.SCRIPT, "mail/mailbox", MARK, content, triggers, probe, conflict, drift, "");
    }

    static Arbitrary<WorkerIntent> intents() {
        return intents(Arbitraries.of(ConflictPolicy.values()), Arbitraries.of(DriftPolicy.values()));
    }

    static Arbitrary<WorkerIntent> intents(Arbitrary<ConflictPolicy> conflict, Arbitrary<DriftPolicy> drift) {
        return Combinators.combine(
                        digests(),
                        databases(),
                        triggers(),
                        Arbitraries.integers()
                                .between(1, 3)
                                .map(attempts -> new WorkerIntent.Probe(HOST, attempts))
                                .injectNull(0.3),
                        conflict,
                        drift)
                .as(DeployArbitraries::intent);
    }

    /** One spec after the other, each soon after the one before: most fail, or migrate, or do both. */
    static Arbitrary<List<Push>> pushes() {
        Arbitrary<List<Migration>> files = Arbitraries.of(List.of(), List.of(FIRST), List.of(FIRST, SECOND));
        Arbitrary<WorkerIntent> intents = Combinators.combine(
                        Arbitraries.of("sha256:one", "sha256:two", "sha256:bad", "sha256:late", "sha256:refused"),
                        Arbitraries.frequencyOf(Tuple.of(4, files), Tuple.of(1, Arbitraries.just(List.of(BROKEN)))),
                        Arbitraries.frequency(Tuple.of(6, List.of(HOST)), Tuple.of(1, List.<String>of())),
                        Arbitraries.integers()
                                .between(1, 2)
                                .map(attempts -> new WorkerIntent.Probe(HOST, attempts))
                                .injectNull(0.1),
                        Arbitraries.of(ConflictPolicy.values()),
                        Arbitraries.of(DriftPolicy.values()),
                        Arbitraries.frequency(Tuple.of(5, true), Tuple.of(1, false)))
                .as((digest, migrations, domains, probe, conflict, drift, bound) -> intent(
                        digest,
                        bound
                                ? List.of(
                                        new WorkerIntent.Database("DB", "mail-db", "d1_migrations", false, migrations))
                                : List.of(),
                        new WorkerIntent.Triggers(null, null, domains, List.of()),
                        probe,
                        conflict,
                        drift));
        Arbitrary<Push> pushes = Combinators.combine(
                        intents,
                        Arbitraries.integers().between(1, 16),
                        acts().injectNull(0.7),
                        Arbitraries.integers().between(0, 16))
                .as((intent, looks, act, when) -> new Push(intent, looks, act == null ? Map.of() : Map.of(when, act)));
        return pushes.list().ofMinSize(2).ofMaxSize(6);
    }

    /**
     * A spec, and how long it stands.
     *
     * @param others what they do meanwhile, by the look before which they do it
     */
    record Push(WorkerIntent intent, int looks, Map<Integer, Consumer<ModelAccount>> others) {}

    private static Arbitrary<String> digests() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("sha256:one", "sha256:two", "sha256:three")),
                Tuple.of(2, Arbitraries.just("sha256:bad")),
                Tuple.of(2, Arbitraries.just("sha256:late")),
                Tuple.of(1, Arbitraries.just("sha256:refused")));
    }

    private static Arbitrary<List<WorkerIntent.Database>> databases() {
        Arbitrary<List<Migration>> files = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(List.<Migration>of())),
                Tuple.of(4, Arbitraries.just(List.of(FIRST))),
                Tuple.of(4, Arbitraries.just(List.of(FIRST, SECOND))),
                Tuple.of(2, Arbitraries.just(List.of(SECOND, BRANCH, FIRST))),
                Tuple.of(1, Arbitraries.just(List.of(FIRST, SECOND, BROKEN))),
                Tuple.of(1, Arbitraries.just(List.of(FIRST, DROPS))),
                Tuple.of(1, Arbitraries.just(List.of(STRANGE))));
        return Combinators.combine(
                        files,
                        files,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 2))
                .as((mail, logs, allowed, count) -> List.of(
                                new WorkerIntent.Database("DB", "mail-db", "d1_migrations", allowed, mail),
                                new WorkerIntent.Database("LOG", "log-db", "d1_migrations", allowed, logs))
                        .subList(0, count));
    }

    private static Arbitrary<WorkerIntent.Triggers> triggers() {
        return Combinators.combine(
                        Arbitraries.of(List.<String>of(), List.of("*/15 * * * *"), List.of("0 * * * *", "5 4 * * *"))
                                .injectNull(0.4),
                        Arbitraries.of(true, false).injectNull(0.4),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(List.of(HOST))),
                                Tuple.of(3, Arbitraries.just(List.of(HOST, "web.example.com"))),
                                Tuple.of(2, Arbitraries.just(List.of("web.example.com"))),
                                Tuple.of(2, Arbitraries.just(List.<String>of())),
                                Tuple.of(1, Arbitraries.just(List.of("recorded.example.com")))),
                        Arbitraries.of(List.<String>of(), List.of(ROUTE)))
                .as(WorkerIntent.Triggers::new);
    }

    /** Before the operator has ever been there. */
    static Arbitrary<ModelAccount> accounts() {
        Arbitrary<String> leads = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just("")),
                Tuple.of(1, Arbitraries.just(ModelAccount.SCRIPT)),
                Tuple.of(1, Arbitraries.just(ModelAccount.OTHERS)));
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(4, "absent"),
                                Tuple.of(3, "foreign"),
                                Tuple.of(1, "split"),
                                Tuple.of(1, "idle")),
                        leads,
                        leads,
                        Arbitraries.of(
                                List.<String>of(), List.of(FIRST.name()), List.of("0000_gone.sql", SECOND.name())),
                        Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
                        Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)))
                .as((worker, domain, route, applied, databases, bucket) -> {
                    ModelAccount account = new ModelAccount();
                    boolean exists = !worker.equals("absent");
                    if (worker.equals("idle")) {
                        account.wranglerUploads();
                    } else if (exists) {
                        account.wranglerDeploys();
                        account.othersSchedule(List.of("1 1 * * *"));
                    }
                    if (worker.equals("split")) {
                        account.wranglerSplits();
                    }
                    if (!domain.isEmpty() && (exists || domain.equals(ModelAccount.OTHERS))) {
                        account.domain(HOST, domain);
                    }
                    if (!route.isEmpty() && (exists || route.equals(ModelAccount.OTHERS))) {
                        account.route(ROUTE, route);
                    }
                    account.database("mail-db", applied.toArray(String[]::new));
                    account.database("foreign-db", "0001_theirs.sql");
                    if (databases) {
                        account.database("log-db");
                    }
                    return bucket ? account.bucket("mail-bucket") : account;
                });
    }

    /** What a person or another tool does behind the operator's back. */
    static Arbitrary<Consumer<ModelAccount>> acts() {
        Arbitrary<Integer> which = Arbitraries.integers().between(0, 5);
        return Arbitraries.oneOf(
                Arbitraries.just(ModelAccount::wranglerDeploys),
                which.map(version -> account -> account.dashboardDeploys(version)),
                which.map(version -> account -> account.dashboardDeploys(version)),
                Arbitraries.just(ModelAccount::wranglerSplits),
                Arbitraries.just(ModelAccount::othersDelete),
                Arbitraries.just(account -> account.othersSchedule(List.of())),
                Arbitraries.just(account -> account.domain(HOST, ModelAccount.OTHERS)),
                Arbitraries.just(account -> account.noDomain(HOST)),
                Arbitraries.just(account -> account.wranglerMigrates("mail-db", FIRST.name())),
                Arbitraries.just(account -> account.othersRestore("mail-db")));
    }

    /** By the look before which it is done. */
    static Arbitrary<Map<Integer, Consumer<ModelAccount>>> disturbances() {
        return Arbitraries.maps(Arbitraries.integers().between(0, 40), acts())
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** Ledgers that the operator has not written. */
    static Arbitrary<DeployLedger> ledgers() {
        Arbitrary<String> versions = Arbitraries.of("v1", "v2", "v9");
        Arbitrary<String> fingerprints = intents()
                .map(intent -> intent.fingerprint(new ModelAccount()
                        .database("mail-db")
                        .database("log-db")
                        .observe(intent)));
        Arbitrary<Rollout> rollouts = Combinators.combine(
                        fingerprints,
                        Arbitraries.of(Stage.values()),
                        versions.injectNull(0.3),
                        Arbitraries.of(Asked.values()))
                .as((fingerprint, stage, previous, asked) -> new Rollout(
                        fingerprint,
                        "",
                        stage,
                        previous,
                        null,
                        asked,
                        Map.of(),
                        List.of(new Planned("mail-db", SECOND.name()))));
        return Combinators.combine(
                        Arbitraries.of(Origin.values()),
                        Combinators.combine(versions, fingerprints)
                                .as((version, fingerprint) -> new DeployLedger.Deployed(version, fingerprint, Map.of()))
                                .injectNull(0.4),
                        rollouts.injectNull(0.3),
                        Arbitraries.of(HOST, "web.example.com", "else.example.com")
                                .set()
                                .ofMaxSize(3),
                        Arbitraries.of(ROUTE, "else.example.com/*").set().ofMaxSize(2),
                        Arbitraries.of(List.<String>of(), List.of("*/15 * * * *")))
                .as((origin, deployed, rollout, domains, routes, schedules) ->
                        new DeployLedger(origin, deployed, rollout, domains, routes, schedules, ""));
    }
}
