package io.maildomain.operator.controller.mailworker.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the status notes of a Worker: what the operator did, and what it is about to do. It is written before the call that it
 * speaks of; what came of a call whose answer was lost is told by the next look.
 *
 * @param deployed the version that was found good and should serve; null: none yet
 * @param rollout the deployment under way, or the one that failed; null: none
 * @param domains hostnames that the operator leads to the Worker
 * @param routes patterns that the operator leads to the Worker
 * @param schedules those that the operator has set last; empty: none
 * @param triggers hash of the triggers that were applied last; empty: none yet
 */
public record DeployLedger(
        Origin origin,
        @Nullable Deployed deployed,
        @Nullable Rollout rollout,
        Set<String> domains,
        Set<String> routes,
        List<String> schedules,
        String triggers) {

    /** Nothing was done yet. */
    public static final DeployLedger NOTHING =
            new DeployLedger(Origin.NOTHING, null, null, Set.of(), Set.of(), List.of(), "");

    public DeployLedger {
        domains = Set.copyOf(domains);
        routes = Set.copyOf(routes);
        schedules = List.copyOf(schedules);
    }

    /** How the Worker came to be. */
    public enum Origin {
        /** Not by us, as far as is known. */
        NOTHING,
        /** The operator is about to upload it for the first time. */
        CREATING,
        /** The operator uploaded it first. */
        CREATED,
        /** Others had deployed it before. */
        ADOPTED
    }

    /** @param bookmarks where each database stood before the migrations of that deployment, by its name */
    public record Deployed(String version, String fingerprint, Map<String, String> bookmarks) {
        public Deployed {
            bookmarks = Map.copyOf(bookmarks);
        }
    }

    /** A migration that a rollout is to apply. */
    public record Planned(String database, String file) {}

    /** When the probe is asked. */
    public enum Asked {
        NEVER,
        /** Of the new version while the old one serves, and of the new one again once it serves. */
        AT_ZERO,
        /** Last of all, for there is no version to go back to, or nothing leads to the Worker: it decides only what is said. */
        AFTERWARDS
    }

    /** How far a rollout is. */
    public enum Stage {
        UNDER_WAY,
        /** The probe failed, and the old version is about to serve. */
        GOING_BACK,
        /** The old version serves, as far as the operator knows. */
        WENT_BACK,
        /** The probe failed at 0 %, after migrations: the old version goes on serving. */
        STAYED_AT_ZERO,
        /** The probe failed after migrations, or Cloudflare refuses to have the old version serve: the new one does. */
        STAYED;

        boolean isFailed() {
            return this != UNDER_WAY;
        }
    }

    /**
     * One deployment.
     *
     * @param retry the intent's, when it was noted
     * @param previous the version that served before; null where none did, or it is none to go back to
     * @param version that was uploaded for it; null: none yet. Cloudflare's lists may show it only some seconds later
     * @param bookmarks where each database stood before its migrations, and before those of rollouts that it took the place of, by its
     *     name
     * @param migrations all that it is to apply, and those that it has applied; also those that rollouts applied which it took the
     *     place of before one was found good
     */
    public record Rollout(
            String fingerprint,
            String retry,
            Stage stage,
            @Nullable String previous,
            @Nullable String version,
            Asked asked,
            Map<String, String> bookmarks,
            List<Planned> migrations) {

        public Rollout {
            bookmarks = Map.copyOf(bookmarks);
            migrations = List.copyOf(migrations);
        }

        Rollout at(Stage reached) {
            return new Rollout(fingerprint, retry, reached, previous, version, asked, bookmarks, migrations);
        }

        Rollout with(String database, String bookmark) {
            Map<String, String> more = new HashMap<>(bookmarks);
            more.putIfAbsent(database, bookmark);
            return new Rollout(fingerprint, retry, stage, previous, version, asked, more, migrations);
        }

        /** The same, as other people carried it on: there is nothing to go back to. */
        Rollout carriedOn() {
            Asked later = asked == Asked.NEVER ? Asked.NEVER : Asked.AFTERWARDS;
            return new Rollout(fingerprint, retry, Stage.UNDER_WAY, null, version, later, bookmarks, migrations);
        }

        Rollout uploaded(@Nullable String id) {
            return new Rollout(fingerprint, retry, stage, previous, id, asked, bookmarks, migrations);
        }

        /**
         * Whether a migration was applied since a version was last found good, by whom it may be: then the old version is none to go
         * back to.
         */
        boolean hasMigrated(WorkerState state) {
            return migrations.stream().anyMatch(state::mayBeApplied);
        }

        /** Whether it goes back, or may have a version serve that is not judged yet. */
        boolean isUnfinished() {
            return previous != null
                    && (stage == Stage.GOING_BACK || stage == Stage.UNDER_WAY && asked == Asked.AT_ZERO);
        }

        Optional<String> before() {
            return Optional.ofNullable(previous);
        }
    }

    /** The version that should serve, if there is one. */
    public Optional<Deployed> lastDeployed() {
        return Optional.ofNullable(deployed);
    }

    /** The rollout that is under way or failed. */
    public Optional<Rollout> noted() {
        return Optional.ofNullable(rollout);
    }

    /** Whether a rollout goes back, or may have a version serve that is not judged yet: that waits for nothing. */
    public boolean isUnfinished() {
        return noted().filter(Rollout::isUnfinished).isPresent();
    }

    /** The versions that it speaks of. */
    public Stream<String> versions() {
        return Stream.concat(
                lastDeployed().map(Deployed::version).stream(),
                noted().stream()
                        .flatMap(known -> Stream.concat(Stream.ofNullable(known.version()), known.before().stream())));
    }

    /** The rollout, if it is for this fingerprint. */
    Optional<Rollout> rolloutOf(String fingerprint) {
        return noted().filter(known -> known.fingerprint().equals(fingerprint));
    }

    /** Whether this fingerprint is deployed, and nothing else is under way. */
    boolean isDeployed(String fingerprint) {
        return rollout == null
                && lastDeployed()
                        .filter(last -> last.fingerprint().equals(fingerprint))
                        .isPresent();
    }

    DeployLedger withOrigin(Origin now) {
        return new DeployLedger(now, deployed, rollout, domains, routes, schedules, triggers);
    }

    DeployLedger withRollout(@Nullable Rollout now) {
        return new DeployLedger(origin, deployed, now, domains, routes, schedules, triggers);
    }

    DeployLedger withDeployed(Deployed now) {
        return new DeployLedger(origin, now, rollout, domains, routes, schedules, triggers);
    }

    DeployLedger withDomains(Stream<String> now) {
        return new DeployLedger(origin, deployed, rollout, Set.copyOf(now.toList()), routes, schedules, triggers);
    }

    DeployLedger withRoutes(Stream<String> now) {
        return new DeployLedger(origin, deployed, rollout, domains, Set.copyOf(now.toList()), schedules, triggers);
    }

    DeployLedger withSchedules(List<String> now) {
        return new DeployLedger(origin, deployed, rollout, domains, routes, now, triggers);
    }

    DeployLedger withTriggers(String hash) {
        return new DeployLedger(origin, deployed, rollout, domains, routes, schedules, hash);
    }
}
