package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Deployed;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the ledger says after a look, before a step, after it, and after Cloudflare refused it. Pure. */
public final class LedgerChanges {

    private LedgerChanges() {}

    /** What a look tells of calls whose answer was lost, and of what is there no more. */
    static DeployLedger settled(DeployLedger ledger, WorkerState state, WorkerIntent intent) {
        DeployLedger known = ledger.withOrigin(origin(ledger.origin(), state))
                .withDomains(ledger.domains().stream().filter(host -> state.domain(host)
                        .filter(domain -> domain.service().equals(intent.script()))
                        .isPresent()))
                .withRoutes(ledger.routes().stream().filter(pattern -> state.route(pattern)
                        .filter(route -> route.script().equals(intent.script()))
                        .isPresent()));
        String fingerprint = intent.fingerprint(state);
        return known.noted()
                .map(rollout -> state.uploaded(rollout.fingerprint())
                        .map(rollout::uploaded)
                        .orElse(rollout))
                .map(rollout -> isGivenUp(known, rollout, fingerprint, state)
                        ? known.withRollout(null)
                        : known.withRollout(settled(rollout, state)))
                .orElse(known);
    }

    /** The version that the rollout has uploaded, where the Worker is there and has none of that id. */
    public static Optional<String> missed(DeployLedger ledger, WorkerState state) {
        return state.found()
                .flatMap(script -> ledger.noted())
                .flatMap(rollout -> Optional.ofNullable(rollout.version()))
                .filter(version -> state.version(version).isEmpty());
    }

    /** That version will not come any more: it is to be uploaded anew. */
    public static DeployLedger withoutVersion(DeployLedger ledger) {
        return ledger.noted()
                .map(rollout -> ledger.withRollout(rollout.uploaded(null)))
                .orElse(ledger);
    }

    /** In doubt a Worker is not ours: it is never deleted then. One that was only just created may show no version yet. */
    private static Origin origin(Origin noted, WorkerState state) {
        boolean creation = noted == Origin.CREATING || noted == Origin.CREATED;
        if (!creation || state.versions().isEmpty()) {
            return noted;
        }
        return state.hasVersionOfOurs() ? Origin.CREATED : Origin.NOTHING;
    }

    /**
     * The spec asks again for what was deployed before, and that serves: nothing is left of the rollout. Unless a migration of it is:
     * whether the old version works with that is to be found out.
     */
    private static boolean isGivenUp(DeployLedger ledger, Rollout rollout, String fingerprint, WorkerState state) {
        return !rollout.fingerprint().equals(fingerprint)
                && rollout.stage() != Stage.GOING_BACK
                && !rollout.hasMigrated(state)
                && ledger.lastDeployed()
                        .filter(last -> last.fingerprint().equals(fingerprint) && state.servesOnly(last.version()))
                        .isPresent();
    }

    private static Rollout settled(Rollout rollout, WorkerState state) {
        String version = state.uploaded(rollout.fingerprint()).orElse("");
        boolean serves = state.serving().filter(version::equals).isPresent();
        if (rollout.stage() == Stage.GOING_BACK) {
            boolean stillThere = state.current().containsKey(version);
            return stillThere ? rollout : rollout.at(Stage.WENT_BACK);
        }
        boolean wentBack = rollout.stage() == Stage.STAYED
                && !rollout.hasMigrated(state)
                && rollout.before().filter(state::servesOnly).isPresent();
        if (wentBack) {
            return rollout.at(Stage.WENT_BACK);
        }
        boolean leftBefore = rollout.stage() == Stage.WENT_BACK || rollout.stage() == Stage.STAYED_AT_ZERO;
        // Only people promote what the operator has given up.
        return serves && leftBefore ? rollout.carriedOn() : rollout;
    }

    /** Written before the call: afterwards it cannot be told who did it. */
    static DeployLedger before(DeployLedger ledger, DeployStep step) {
        if (step instanceof DeployStep.NoteIntent intent) {
            return ledger.withRollout(intent.rollout());
        }
        if (step instanceof DeployStep.UploadFirst) {
            return ledger.withOrigin(Origin.CREATING);
        }
        if (step instanceof DeployStep.UploadVersion && ledger.origin() == Origin.NOTHING) {
            return ledger.withOrigin(Origin.ADOPTED);
        }
        if (step instanceof DeployStep.GoBack) {
            return at(ledger, Stage.GOING_BACK);
        }
        if (step instanceof DeployStep.NoteStayed stayed) {
            return at(ledger, stayed.atZero() ? Stage.STAYED_AT_ZERO : Stage.STAYED);
        }
        if (step instanceof DeployStep.NoteDeployed deployed) {
            return deployed(ledger, deployed.version());
        }
        if (step instanceof DeployStep.SetSchedules set && !set.schedules().isEmpty()) {
            return ledger.withSchedules(set.schedules());
        }
        if (step instanceof DeployStep.PutDomain put) {
            return ledger.withDomains(Stream.concat(ledger.domains().stream(), Stream.of(put.host())));
        }
        if (step instanceof DeployStep.AddRoute add) {
            return ledger.withRoutes(Stream.concat(ledger.routes().stream(), Stream.of(add.pattern())));
        }
        return step instanceof DeployStep.NoteTriggers triggers
                ? ledger.withTriggers(triggers.hash()).withSchedules(triggers.schedules())
                : ledger;
    }

    /** What stands once a step was done. */
    public static DeployLedger done(DeployLedger ledger, DeployStep step, DeployStep.Answer answer) {
        if (step instanceof DeployStep.NoteBookmark read && answer.bookmark() != null && ledger.rollout() != null) {
            return ledger.withRollout(ledger.rollout().with(read.database(), answer.bookmark()));
        }
        if (step instanceof DeployStep.UploadFirst) {
            return uploaded(ledger.withOrigin(Origin.CREATED), answer);
        }
        if (step instanceof DeployStep.UploadVersion) {
            return uploaded(ledger, answer);
        }
        if (step instanceof DeployStep.GoBack) {
            return at(ledger, Stage.WENT_BACK);
        }
        if (step instanceof DeployStep.RemoveDomain remove) {
            return withoutDomain(ledger, remove.host());
        }
        if (step instanceof DeployStep.RemoveRoute remove) {
            return withoutRoute(ledger, remove.pattern());
        }
        return step instanceof DeployStep.DeleteWorker ? ledger.withOrigin(Origin.NOTHING) : ledger;
    }

    /** Takes the note back where Cloudflare certainly did not do it: each of these is only done where nothing is there yet. */
    public static DeployLedger refused(DeployLedger ledger, DeployStep step) {
        if (step instanceof DeployStep.UploadFirst) {
            return ledger.withOrigin(Origin.NOTHING);
        }
        if (step instanceof DeployStep.PutDomain put) {
            return withoutDomain(ledger, put.host());
        }
        return step instanceof DeployStep.AddRoute add ? withoutRoute(ledger, add.pattern()) : ledger;
    }

    /**
     * The same where neither time nor another token changes the answer: a version that there is no way back from stays, for to ask for
     * that again and again would keep the next spec waiting.
     */
    public static DeployLedger refusedForGood(DeployLedger ledger, DeployStep step) {
        return step instanceof DeployStep.GoBack ? at(ledger, Stage.STAYED) : refused(ledger, step);
    }

    private static DeployLedger withoutDomain(DeployLedger ledger, String host) {
        return ledger.withDomains(ledger.domains().stream().filter(other -> !other.equals(host)));
    }

    private static DeployLedger withoutRoute(DeployLedger ledger, String pattern) {
        return ledger.withRoutes(ledger.routes().stream().filter(other -> !other.equals(pattern)));
    }

    private static DeployLedger at(DeployLedger ledger, Stage stage) {
        return ledger.noted()
                .map(rollout -> ledger.withRollout(rollout.at(stage)))
                .orElse(ledger);
    }

    private static DeployLedger uploaded(DeployLedger ledger, DeployStep.Answer answer) {
        return answer.version() == null || ledger.rollout() == null
                ? ledger
                : ledger.withRollout(ledger.rollout().uploaded(answer.version()));
    }

    private static DeployLedger deployed(DeployLedger ledger, String version) {
        Map<String, String> earlier =
                ledger.lastDeployed().map(Deployed::bookmarks).orElse(Map.of());
        return ledger.noted()
                .map(rollout -> new Deployed(
                        version, rollout.fingerprint(), rollout.bookmarks().isEmpty() ? earlier : rollout.bookmarks()))
                .map(now -> ledger.withDeployed(now).withRollout(null))
                .orElse(ledger);
    }
}
