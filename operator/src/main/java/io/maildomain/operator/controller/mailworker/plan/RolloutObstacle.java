package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of a deployment, or was done by others to one. */
public sealed interface RolloutObstacle extends Obstacle {

    @Override
    default ConditionType at() {
        return ConditionType.DEPLOYED;
    }

    /**
     * @param words SQLite's
     * @param bookmark where the database stood before this rollout
     */
    record SqlFailed(String database, String file, String words, String bookmark) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.MigrationFailed;
        }

        @Override
        public ConditionType at() {
            return ConditionType.MIGRATED;
        }

        @Override
        public String sentence() {
            return "%s of %s failed and left nothing behind: %s. Files before it are applied, no version was deployed. %s"
                    .formatted(file, database, words, restore(database, bookmark));
        }
    }

    /** @param source what deployed the version, in Cloudflare's words; both are empty where nothing serves */
    record Foreign(String script, String version, String source) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.WorkerForeign;
        }

        @Override
        public String sentence() {
            if (version.isEmpty()) {
                return "%s is there and serves nothing, and this operator did not create it: set conflictPolicy: Adopt to deploy to it"
                        .formatted(script);
            }
            return ("the version %s of %s that serves was not deployed by this operator (source: %s): set conflictPolicy: Adopt"
                            + " to deploy over it, or choose another spec.script")
                    .formatted(version, script, source);
        }
    }

    /** @param shares percentages by version */
    record Split(String script, Map<String, Integer> shares) implements RolloutObstacle {
        public Split {
            shares = Map.copyOf(shares);
        }

        @Override
        public Reason reason() {
            return Reason.DeploymentSplit;
        }

        @Override
        public String sentence() {
            return ("others share the requests of %s among versions (%s), which a deployment would end: finish that with"
                            + " wrangler versions deploy, one version at 100 %%")
                    .formatted(script, shown(shares));
        }
    }

    /** @param migrated what stands in the database already; empty: nothing was applied */
    record VersionRefused(String words, List<String> migrated) implements RolloutObstacle {
        public VersionRefused {
            migrated = List.copyOf(migrated);
        }

        @Override
        public Reason reason() {
            return Reason.UploadRefused;
        }

        @Override
        public String sentence() {
            String applied = migrated.isEmpty() ? "" : "; applied before it: " + String.join(", ", migrated);
            return "Cloudflare refuses the version: %s. What served before goes on serving%s. Correct the source"
                    .formatted(words, applied);
        }
    }

    /** @param rollout whose probe failed; {@code bookmarks} empty where it applied no migration */
    record Probed(String version, String serving, Reason reason, Map<String, String> bookmarks)
            implements RolloutObstacle {
        public Probed {
            bookmarks = Map.copyOf(bookmarks);
        }

        @Override
        public String sentence() {
            boolean itself = serving.equals(version);
            String stands = itself
                    ? "version %s serves and fails its probe".formatted(version)
                    : "version %s failed its probe; %s serves as before".formatted(version, serving);
            if (reason == Reason.ProbeFailedAfterMigration) {
                return ("%s. Migrations were applied, so the operator changes nothing more: deploy a version that works, or"
                                + " act by hand. %s")
                        .formatted(stands, restore(bookmarks));
            }
            return itself
                    ? stands + ". There was no version to go back to, or nothing led to it before; it is probed again"
                    : stands + ". Correct the source; nothing more is written until the spec changes";
        }
    }

    /** @param previous that Cloudflare refuses to have serve again */
    record NoWayBack(String version, String previous) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.ProbeFailed;
        }

        @Override
        public String sentence() {
            return "version %s failed its probe, and Cloudflare refuses to deploy %s again, so that it stays: deploy a version that works"
                    .formatted(version, previous);
        }
    }

    /** @param host that leads to the Worker only since this rollout */
    record HostIsNew(String version, String serving, String host) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.ProbeFailed;
        }

        @Override
        public String sentence() {
            return ("version %s fails its probe, and %s serves as before. %s leads to the Worker only now, and DNS and certificate may"
                            + " take a while: it is probed again. Else correct the source")
                    .formatted(version, serving, host);
        }
    }

    /** @param serving percentages by version, as others deployed them; empty: the Worker was deleted */
    record OthersDeployed(String script, String expected, Map<String, Integer> serving) implements RolloutObstacle {
        public OthersDeployed {
            serving = Map.copyOf(serving);
        }

        @Override
        public Reason reason() {
            return Reason.Drifted;
        }

        @Override
        public String sentence() {
            return serving.isEmpty()
                    ? "others deleted %s, and it stays so: change the spec, or set drift: Correct".formatted(script)
                    : ("%s now has %s instead of %s, by others: it stays so. Change the spec, set drift: Correct, or run"
                                    + " wrangler versions deploy %s@100%%")
                            .formatted(script, shown(serving), expected, expected);
        }
    }

    /** @param what the next change would be */
    record TriggersChanged(String what) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.Drifted;
        }

        @Override
        public ConditionType at() {
            return ConditionType.TRIGGERS_APPLIED;
        }

        @Override
        public String sentence() {
            return "others changed what starts the Worker: it stays so. To have it as the spec says (%s), set drift: Correct"
                    .formatted(what);
        }
    }

    /** A database that lacks what the deployed version came with: it was brought back to an earlier state. */
    record DatabaseWentBack(String database, String file) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.Drifted;
        }

        @Override
        public ConditionType at() {
            return ConditionType.MIGRATED;
        }

        @Override
        public String sentence() {
            return ("%s does not have %s any more, which this deployment came with: the operator does not apply it again by"
                            + " itself. Deploy a version that fits, or run wrangler d1 migrations apply %s --remote")
                    .formatted(database, file, database);
        }
    }

    /** @param why Cloudflare leaves the hostname as it is, as the end of a sentence */
    record DomainKept(String host, String why) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.HostnameTaken;
        }

        @Override
        public ConditionType at() {
            return ConditionType.TRIGGERS_APPLIED;
        }

        @Override
        public String sentence() {
            return "%s %s, and is not taken: remove that, or take the host name out of spec.customDomains"
                    .formatted(host, why);
        }
    }

    /** Cloudflare knows no zone for a custom domain. */
    record DomainWithoutZone(String host) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.ZoneNotFound;
        }

        @Override
        public ConditionType at() {
            return ConditionType.TRIGGERS_APPLIED;
        }

        @Override
        public String sentence() {
            return "the account has no zone of \"%s\": add the zone, or correct spec.customDomains".formatted(host);
        }
    }

    /** @param version that is on its way; empty: none was uploaded yet */
    record UnderWay(String version, String what) implements RolloutObstacle {
        @Override
        public Reason reason() {
            return Reason.RollingOut;
        }

        @Override
        public String sentence() {
            return version.isEmpty() ? what : "version %s: %s".formatted(version, what);
        }
    }

    /** @param users rules and catch-alls that name the Worker */
    record InUse(String script, List<String> users) implements RolloutObstacle {
        public InUse {
            users = List.copyOf(users);
        }

        @Override
        public Reason reason() {
            return Reason.WorkerInUse;
        }

        @Override
        public String sentence() {
            return "mail still goes to %s: it is deleted once no rule names it any more (%s)"
                    .formatted(script, String.join(", ", users));
        }
    }

    private static String shown(Map<String, Integer> shares) {
        return new TreeMap<>(shares)
                .entrySet().stream()
                        .map(share -> share.getKey() + " " + share.getValue() + " %")
                        .collect(Collectors.joining(", "));
    }

    private static String restore(Map<String, String> bookmarks) {
        return new TreeMap<>(bookmarks)
                .entrySet().stream()
                        .map(entry -> restore(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String restore(String database, String bookmark) {
        return "To take the data back as well: wrangler d1 time-travel restore %s --bookmark=%s"
                .formatted(database, bookmark);
    }
}
