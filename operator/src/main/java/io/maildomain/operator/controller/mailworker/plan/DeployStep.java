package io.maildomain.operator.controller.mailworker.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a deployment does next: at most one call that changes something. */
public sealed interface DeployStep {

    /** Whether it changes something at Cloudflare. */
    default boolean writes() {
        return true;
    }

    /** A step that only the ledger shows. */
    sealed interface Noted extends DeployStep {
        @Override
        default boolean writes() {
            return false;
        }
    }

    /** Begins a rollout, or begins it anew where others came in between. */
    record NoteIntent(DeployLedger.Rollout rollout) implements Noted {}

    /** Reads where a database stands, so that people can bring it back there, and notes that. */
    record NoteBookmark(String database) implements Noted {}

    /** Runs one migration and notes it in the database, in one query. */
    record ApplyMigration(String database, String table, Migration migration) implements DeployStep {}

    /** Uploads a Worker that is not there yet; it serves at once. */
    record UploadFirst(String fingerprint) implements DeployStep {}

    /** Uploads a version, which serves nothing yet. */
    record UploadVersion(String fingerprint) implements DeployStep {}

    /** A step after which Cloudflare serves other versions than before, or in other shares. */
    sealed interface Deploys extends DeployStep {
        /** Percentages of the requests by version, together 100. */
        Map<String, Integer> percentages();
    }

    /** Puts a version beside the one that serves, where only requests with the override header reach it. */
    record DeployAtZero(String previous, String version) implements Deploys {
        @Override
        public Map<String, Integer> percentages() {
            return Map.of(previous, 100, version, 0);
        }
    }

    /** The new version serves. */
    record Promote(String version) implements Deploys {
        @Override
        public Map<String, Integer> percentages() {
            return Map.of(version, 100);
        }
    }

    /** The old version serves again, for the new one failed its probe. */
    record GoBack(String previous) implements Deploys {
        @Override
        public Map<String, Integer> percentages() {
            return Map.of(previous, 100);
        }
    }

    /** Drift {@code Correct}: the version serves again that the operator had deployed before others deployed theirs. */
    record PutBack(String version) implements Deploys {
        @Override
        public Map<String, Integer> percentages() {
            return Map.of(version, 100);
        }
    }

    /**
     * Sends the request that tells whether a version works.
     *
     * @param override the request asks for this version, which has no other requests; false: it serves
     */
    record Probe(String version, boolean override) implements Noted {}

    /** The probe failed, and migrations forbid to go back: the deployment stays as it is. */
    record NoteStayed(boolean atZero) implements Noted {}

    /** The version serves and was found good. */
    record NoteDeployed(String version) implements Noted {}

    /** A step that changes what starts the Worker. */
    sealed interface Trigger extends DeployStep {}

    /** Sets all schedules. */
    record SetSchedules(List<String> schedules) implements Trigger {
        public SetSchedules {
            schedules = List.copyOf(schedules);
        }
    }

    /** Whether the Worker answers on workers.dev. */
    record SetSubdomain(boolean enabled) implements Trigger {}

    /** Leads a hostname to the Worker that leads nowhere yet. */
    record PutDomain(String host) implements Trigger {}

    /** Leads a route to the Worker that leads nowhere yet. */
    record AddRoute(String pattern) implements Trigger {}

    /** Takes a hostname away that the operator led to the Worker. */
    record RemoveDomain(String host, String id) implements Trigger {}

    /** Takes a route away that the operator led to the Worker. */
    record RemoveRoute(String pattern, String id) implements Trigger {}

    /**
     * The triggers are as the spec says.
     *
     * @param schedules those of the spec; empty where it has none
     */
    record NoteTriggers(String hash, List<String> schedules) implements Noted {
        public NoteTriggers {
            schedules = List.copyOf(schedules);
        }
    }

    /** Deletes a Worker that the operator created. Cloudflare refuses where something else is bound to it. */
    record DeleteWorker() implements DeployStep {}

    /**
     * What an answer tells of a step.
     *
     * @param bookmark of {@link NoteBookmark}; null for all others
     * @param version of {@link UploadFirst} and {@link UploadVersion}; null for all others
     */
    record Answer(@Nullable String bookmark, @Nullable String version) {
        /** Of a step whose answer holds nothing that is to be noted. */
        public static final Answer PLAIN = new Answer(null, null);

        /** Where a database stands. */
        public static Answer ofBookmark(String bookmark) {
            return new Answer(bookmark, null);
        }

        /** What was uploaded. */
        public static Answer ofVersion(String id) {
            return new Answer(null, id);
        }
    }
}
