package io.maildomain.faults;

import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A stretch of the resources' life. Each but the first begins where the first ends. */
enum Phase {
    CREATE {
        @Override
        void happen(Scenario life) {
            Manifests.all().forEach(life.place()::apply);
            Waiting.until("the created zone to be pending", () -> life.says("fresh", "ZonePending"));
            life.place().activate("fresh.example");
        }
    },
    /** Specs change; one CatchAllRule goes, which gives back what was there before, and another one comes. */
    UPDATE {
        @Override
        void happen(Scenario life) {
            List.of(Manifests.FRESH_UPDATED, Manifests.SETTLED_UPDATED, Manifests.FRESH_CATCH_ALL_UPDATED)
                    .forEach(life.place()::apply);
            life.place().deleteCatchAllRule("settled");
            Waiting.until(
                    "the CatchAllRule to be gone",
                    () -> life.place().catchAllRule("settled").isEmpty());
            life.place().apply(Manifests.SETTLED_CATCH_ALL_UPDATED);
        }
    },
    /** ForeignStateModel change by hand what is ours, and a user asks for a look. */
    DRIFT {
        @Override
        void happen(Scenario life) {
            tamper(life.place());
            life.place().nudge("drift");
        }
    },
    /** The operator is down; meanwhile a spec and what is at Cloudflare change. */
    RESTART {
        @Override
        void happen(Scenario life) {
            tamper(life.place());
            life.place().apply(Manifests.SETTLED_MEANWHILE);
        }
    },
    /** A manifest is renamed: in one sync the new ones are applied and the old ones are pruned. */
    RENAME {
        @Override
        void happen(Scenario life) {
            Manifests.renamed().forEach(life.place()::apply);
            Manifests.names().forEach(life.place()::deleteMailDomain);
            Manifests.names().forEach(life.place()::deleteCatchAllRule);
        }
    },
    /** One is deleted and created again once it is gone, under its own name, as {@code kubectl replace --force} does. */
    REPLACE {
        @Override
        void happen(Scenario life) {
            Sandbox place = life.place();
            place.deleteMailDomain(Manifests.FRESH_RENAMED);
            Waiting.until("the MailDomain to be gone", () -> place.mailDomain(Manifests.FRESH_RENAMED)
                    .isEmpty());
            place.apply(Manifests.renamed().get(0));
        }
    },
    /** In one sync all are applied in another namespace and pruned in this one. */
    MOVE {
        @Override
        void happen(Scenario life) {
            Manifests.moved().forEach(life.neighbour()::apply);
            life.place().deleteAll();
        }
    },
    /** All go, and none comes instead. */
    LEAVE {
        @Override
        void happen(Scenario life) {
            DELETE.happen(life);
        }
    },
    /** A user has just changed a catch-all by hand: that is his then, and stays. */
    DELETE {
        @Override
        void happen(Scenario life) {
            life.place().change("settled.example", Phase::withCatchAllByHand);
            life.places().forEach(Sandbox::deleteAll);
        }
    },
    /** A Worker and a site are deployed for the first time. */
    DEPLOY {
        @Override
        void happen(Scenario life) {
            DeployLife.deploy(life.place());
        }
    },
    /** A version of the Worker follows that needs a migration, and is probed; other files of the site follow. */
    RELEASE {
        @Override
        void happen(Scenario life) {
            DeployLife.release(life.place());
        }
    },
    /** A colleague changes in the dashboard what was deployed, and a user asks for a look. */
    MEDDLE {
        @Override
        void happen(Scenario life) {
            DeployLife.meddle(life.place());
            life.place().nudge("meddled");
        }
    },
    /** Two teams attach Mailboxes to a MailDomain. */
    ATTACH {
        @Override
        void happen(Scenario life) {
            AttachedLife.attach(life);
        }
    },
    /** Mailboxes change, others come, and one asks for an address that another one has. */
    CHANGE {
        @Override
        void happen(Scenario life) {
            AttachedLife.change(life);
        }
    },
    /** A colleague changes rules of Mailboxes in the dashboard, and a user asks for a look. */
    TAMPER {
        @Override
        void happen(Scenario life) {
            AttachedLife.tamper(life.place());
            life.place().nudge("tampered");
        }
    },
    /** The time of a Mailbox is over. */
    EXPIRE {
        @Override
        void happen(Scenario life) {
            AttachedLife.expire(life);
        }
    },
    /** One team's Mailboxes are pruned; the other team's go on, and one of them gets an address that is free now. */
    PRUNE {
        @Override
        void happen(Scenario life) {
            AttachedLife.prune(life);
        }
    },
    /** All go. What a Worker was bound to stays. */
    RETIRE {
        @Override
        void happen(Scenario life) {
            life.places().forEach(Sandbox::deleteAll);
        }
    };

    /** A life of resources that are what they are to its end. */
    static final List<Phase> LIFE = List.of(CREATE, UPDATE, DRIFT, RESTART, DELETE);

    /** A life in which one resource hands over to the next. */
    static final List<Phase> HAND_OVERS = List.of(CREATE, RENAME, REPLACE, MOVE, LEAVE);

    /** The life of a Worker and a site that are deployed. */
    static final List<Phase> DEPLOYS = List.of(DEPLOY, RELEASE, MEDDLE, RETIRE);

    /** The life of Mailboxes that two teams attach to a MailDomain. */
    static final List<Phase> ATTACHES = List.of(ATTACH, CHANGE, TAMPER, EXPIRE, PRUNE, RETIRE);

    /** Whether it happens while no operator runs. */
    boolean isWhileDown() {
        return this == RESTART;
    }

    /** Whether the phases after it go the same way, and end in the same state, without it. */
    boolean mayBeLeftOut() {
        return this == DRIFT || this == RESTART || this == REPLACE || this == MEDDLE || this == TAMPER;
    }

    /** Whether all that there is at Cloudflare goes over to another one, so that nothing is to be written there. */
    boolean handsOver() {
        return this == RENAME || this == REPLACE || this == MOVE;
    }

    /** Whether healthy resources are compared meanwhile, by looks or by a sweep as the moment has it. */
    boolean maySweep() {
        return this == RESTART || this == DRIFT || this == TAMPER || this == REPLACE;
    }

    /** Whether nothing is left of what was changed by hand: until then no resource need say anything of it. */
    boolean isMended(Scenario life) {
        boolean tampers = this == RESTART || this == DRIFT;
        if (this == MEDDLE) {
            return DeployLife.isMended(life.place());
        }
        if (this == TAMPER) {
            return AttachedLife.isMended(life.place());
        }
        if (this == ATTACH) {
            return AttachedLife.isAttached(life);
        }
        if (this == EXPIRE) {
            return AttachedLife.hasExpired(life);
        }
        if (this == PRUNE) {
            return AttachedLife.isPruned(life);
        }
        return !tampers || isMended(life.place());
    }

    private static boolean isMended(Sandbox place) {
        Zone fresh = zone(place, "fresh.example");
        Zone settled = zone(place, "settled.example");
        return fresh.routing().routes(fresh.name())
                && fresh.rules().stream().anyMatch(rule -> addressed(rule, "noreply@"))
                && fresh.rules().stream().noneMatch(rule -> addressed(rule, "support@") && goesTo(rule, "drop"))
                && settled.rules().stream()
                        .noneMatch(rule -> addressed(rule, "old@") && goesTo(rule, "former@corp.example"))
                && !goesTo(settled.catchAll(), "drop");
    }

    private static Zone zone(Sandbox place, String domain) {
        return place.controls().zone(place.names().here(domain)).orElseThrow();
    }

    static boolean goesTo(RoutingRule rule, String what) {
        return rule.actions().stream()
                .anyMatch(action -> action.type().equals(what) || action.value().contains(what));
    }

    /** What happens, from the first cause to the last; what comes of it is not waited for. */
    abstract void happen(Scenario life);

    static Zone withCatchAllByHand(Zone zone) {
        RoutingRule old = zone.catchAll();
        return zone.withCatchAll(new RoutingRule(
                old.id(),
                "by hand",
                true,
                old.priority(),
                old.matchers(),
                List.of(new RoutingRule.Action("worker", List.of("mailbox-worker"))),
                old.source(),
                old.ownerWorkerTag(),
                old.createdOn()));
    }

    /** Routing is off, one rule is gone, one points elsewhere, one that was taken over and a catch-all too. */
    private static void tamper(Sandbox place) {
        place.change("fresh.example", zone -> withoutRouting(zone)
                .withRules(zone.rules().stream()
                        .filter(rule -> !addressed(rule, "noreply@"))
                        .map(rule -> addressed(rule, "support@") ? pointed(rule, "drop", List.of()) : rule)
                        .toList()));
        place.change("settled.example", zone -> zone.withRules(zone.rules().stream()
                        .map(rule -> addressed(rule, "old@")
                                ? pointed(rule, "forward", List.of("former@corp.example"))
                                : rule)
                        .toList())
                .withCatchAll(pointed(zone.catchAll(), "drop", List.of())));
    }

    private static Zone withoutRouting(Zone zone) {
        return zone.withDnsRecords(zone.dnsRecords().stream()
                        .filter(dns -> dns.routingHost() == null)
                        .toList())
                .withRouting(zone.routing()
                        .withHosts(Map.of(), zone.routing().modified())
                        .withOptions(
                                zone.routing().skipWizard(),
                                false,
                                zone.routing().modified()));
    }

    static boolean addressed(RoutingRule rule, String local) {
        return rule.address().filter(address -> address.startsWith(local)).isPresent();
    }

    static RoutingRule pointed(RoutingRule rule, String action, List<String> value) {
        return new RoutingRule(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                rule.matchers(),
                List.of(new RoutingRule.Action(action, value)),
                rule.source(),
                rule.ownerWorkerTag(),
                rule.createdOn());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
