package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailworker.plan.MigrationReview.Finding;
import io.maildomain.operator.controller.mailworker.plan.MigrationReview.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is looked at before anything is written: whether all of it can work, and takes nothing from others. Pure. */
final class TargetCheck {

    private TargetCheck() {}

    /** What the account does not grant; the first thing that is asked, and of what is there nothing is told before. */
    static List<Obstacle> grants(WorkerIntent intent, DeployGrants grants) {
        List<Obstacle> obstacles = new ArrayList<>();
        check(obstacles, "workers", grants.worker(intent.script()), intent.script());
        intent.content()
                .databases()
                .forEach(database -> check(obstacles, "databases", grants.database(database.name()), database.name()));
        intent.content()
                .buckets()
                .forEach(bucket -> check(obstacles, "buckets", grants.bucket(bucket.name()), bucket.name()));
        hosts(intent).distinct().forEach(host -> check(obstacles, "hostnames", grants.hostname(host), host));
        intent.content().bindings().forEach(binding -> binding.key()
                .ifPresentOrElse(
                        key -> check(obstacles, "bindings", grants.binding(key), key),
                        () -> obstacles.add(new TargetObstacle.BindingUnclear(
                                binding.name(), binding.unclear().orElse("")))));
        return obstacles;
    }

    /** The probe's host is among them: without that a namespace could send requests from the operator's network. */
    private static Stream<String> hosts(WorkerIntent intent) {
        return Stream.of(
                        intent.triggers().customDomains().stream(),
                        intent.triggers().routes().stream().map(RoutePattern::host),
                        intent.probed().map(WorkerIntent.Probe::host).stream())
                .flatMap(host -> host);
    }

    private static void check(List<Obstacle> obstacles, String list, boolean granted, String name) {
        if (!granted) {
            obstacles.add(new TargetObstacle.NotGranted(list, name));
        }
    }

    /** What is missing, or leads to others. */
    static List<Obstacle> targets(WorkerIntent intent, WorkerState state) {
        List<Obstacle> obstacles = new ArrayList<>();
        WorkerIntent.Content content = intent.content();
        if (!content.modules().contains(content.mainModule())) {
            obstacles.add(new TargetObstacle.NoMainModule(content.mainModule(), content.sourceDigest()));
        }
        content.databases().stream()
                .filter(database -> state.database(database.name()).isEmpty())
                .forEach(database -> obstacles.add(new TargetObstacle.NoDatabase(database.name())));
        content.databases().stream()
                .filter(database -> state.database(database.name())
                        .filter(found -> !found.keepsAccount())
                        .isPresent())
                .forEach(database ->
                        obstacles.add(new TargetObstacle.NoMigrationsTable(database.name(), database.table())));
        content.buckets().stream()
                .filter(bucket ->
                        !state.buckets().contains(new WorkerState.Bucket(bucket.name(), bucket.jurisdiction())))
                .forEach(bucket -> obstacles.add(new TargetObstacle.NoBucket(bucket.name(), bucket.jurisdiction())));
        hosts(intent)
                .distinct()
                .filter(state.hostsWithoutZone()::contains)
                .forEach(host -> obstacles.add(new TargetObstacle.NoZone(host)));
        for (String host : intent.triggers().customDomains()) {
            state.domain(host)
                    .filter(domain -> !domain.service().equals(intent.script()))
                    .ifPresent(domain -> obstacles.add(new TargetObstacle.DomainTaken(host, domain.service())));
        }
        for (String pattern : intent.triggers().routes()) {
            state.route(pattern)
                    .filter(route -> !route.script().equals(intent.script()))
                    .ifPresent(route -> obstacles.add(new TargetObstacle.RouteTaken(pattern, route.script())));
        }
        return obstacles;
    }

    /** What speaks against the migrations that are still to be run; all of them are read before the first one is run. */
    static List<Obstacle> migrations(WorkerIntent intent, WorkerState state) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (WorkerIntent.Database database : intent.content().databases()) {
            for (Migration migration : pending(database, state)) {
                MigrationReview review = MigrationReview.of(migration.sql(), database.table());
                if (!review.allows(database.destructiveAllowed())) {
                    obstacles.add(told(database.name(), migration.name(), worst(review)));
                }
            }
        }
        return obstacles;
    }

    private static Finding worst(MigrationReview review) {
        return review.findings().stream()
                .filter(finding -> finding.severity() == Severity.REFUSED)
                .findFirst()
                .orElse(review.findings().get(0));
    }

    private static Obstacle told(String database, String file, Finding finding) {
        return finding.severity() == Severity.REFUSED
                ? new TargetObstacle.UnreadableSql(database, file, finding.line(), finding.what())
                : new TargetObstacle.DestructiveSql(database, file, finding.line(), finding.what());
    }

    /**
     * What is still to be run, as wrangler would: a file that is not in the table, wherever its number puts it among those
     * that are; a file that is in the table and no longer in the source is of no concern.
     */
    static List<Migration> pending(WorkerIntent.Database database, WorkerState state) {
        return Migration.pending(
                database.migrations(),
                state.database(database.name())
                        .map(WorkerState.Database::applied)
                        .orElse(Set.of()));
    }
}
