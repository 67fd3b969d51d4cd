package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;

/** What is in the way before anything was written: it is missing, is not granted, belongs to others, or must not be run. */
public sealed interface TargetObstacle extends Obstacle {

    @Override
    default ConditionType at() {
        return ConditionType.TARGETS_READY;
    }

    /** @param digest of the source that was read */
    record NoMainModule(String mainModule, String digest) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.MainModuleMissing;
        }

        @Override
        public ConditionType at() {
            return ConditionType.SOURCE_READY;
        }

        @Override
        public String sentence() {
            return "the source %s has no file \"%s\": correct spec.mainModule or source.path, or build it into the source"
                    .formatted(digest, mainModule);
        }
    }

    /**
     * @param list of {@code access[].deploy} that would grant it
     * @param name that is not granted
     */
    record NotGranted(String list, String name) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.DeployNotGranted;
        }

        @Override
        public String sentence() {
            return ("the account does not grant \"%s\" to this namespace: an administrator can add it to"
                            + " access[].deploy.%s of the CloudflareAccount")
                    .formatted(name, list);
        }
    }

    /** @param why it is not known what the binding reaches, as the end of a sentence */
    record BindingUnclear(String binding, String why) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.DeployNotGranted;
        }

        @Override
        public String sentence() {
            return "the binding %s %s, so that no grant can cover it: correct spec.bindings".formatted(binding, why);
        }
    }

    /** A database that the Worker is to be bound to. */
    record NoDatabase(String name) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.DatabaseNotFound;
        }

        @Override
        public String sentence() {
            return ("the account has no D1 database \"%s\"; the operator never creates one: run"
                            + " wrangler d1 create %s, or correct spec.databases")
                    .formatted(name, name);
        }
    }

    /** A table in which a migration could be noted twice, and so be run twice. */
    record NoMigrationsTable(String database, String table) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.RequestInvalid;
        }

        @Override
        public ConditionType at() {
            return ConditionType.MIGRATED;
        }

        @Override
        public String sentence() {
            return ("the table %s of %s cannot say which migrations were applied: it has no column name that is UNIQUE. Nothing"
                            + " was run: correct migrations.table, or create a unique index on that column")
                    .formatted(table, database);
        }
    }

    /** A bucket that the Worker is to be bound to. */
    record NoBucket(String name, String jurisdiction) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.BucketNotFound;
        }

        @Override
        public String sentence() {
            return ("the account has no R2 bucket \"%s\" (jurisdiction %s); the operator never creates one: run"
                            + " wrangler r2 bucket create %s, or correct spec.buckets")
                    .formatted(name, jurisdiction, name);
        }
    }

    /** The host of a route whose zone is not to be seen. */
    record NoZone(String host) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.ZoneNotFound;
        }

        @Override
        public String sentence() {
            return ("the deploy token sees no zone of \"%s\" in the account: correct the hostname, or check that the token's"
                            + " scope covers its zone")
                    .formatted(host);
        }
    }

    /** @param service what the hostname leads to */
    record DomainTaken(String host, String service) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.HostnameTaken;
        }

        @Override
        public String sentence() {
            return ("%s leads to %s, and is not taken from it: remove it there under Settings, Domains & Routes, or take it"
                            + " out of spec.customDomains")
                    .formatted(host, service);
        }
    }

    /** @param script that the route leads to; empty: it keeps Workers away */
    record RouteTaken(String pattern, String script) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.RouteTaken;
        }

        @Override
        public String sentence() {
            return ("the route %s leads to %s, and is not taken from it: delete it under Workers Routes of the zone, or take it"
                            + " out of spec.routes")
                    .formatted(pattern, script.isEmpty() ? "no Worker on purpose" : "the Worker " + script);
        }
    }

    /** @param what the statement does, as the end of a sentence */
    record DestructiveSql(String database, String file, int line, String what) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.DestructiveMigration;
        }

        @Override
        public ConditionType at() {
            return ConditionType.MIGRATED;
        }

        @Override
        public String sentence() {
            return ("%s of %s, line %d: %s. Nothing was run. If that is meant, set migrations.destructive: Allow for this"
                            + " database until it is applied")
                    .formatted(file, database, line, what);
        }
    }

    /** @param what the statement is or does, as the end of a sentence */
    record UnreadableSql(String database, String file, int line, String what) implements TargetObstacle {
        @Override
        public Reason reason() {
            return Reason.UnreadableMigration;
        }

        @Override
        public ConditionType at() {
            return ConditionType.MIGRATED;
        }

        @Override
        public String sentence() {
            return ("%s of %s, line %d: %s. Nothing was run, and no setting allows it: write it another way, or apply it with"
                            + " wrangler d1 migrations apply")
                    .formatted(file, database, line, what);
        }
    }
}
