package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.controller.sweep.LookMemory.Found;
import io.maildomain.operator.controller.sweep.LookMemory.Look;
import io.maildomain.operator.controller.sweep.LookMemory.Well;
import io.maildomain.operator.controller.sweep.Sweeps.Key;
import io.maildomain.operator.controller.sweep.Sweeps.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What looks and sweeps found of each resource, and when. Thread-safe. */
final class Findings {

    /** So many sweeps old may be what is known of a subdomain's records, which no list holds. */
    private static final int SWEEPS_WITHOUT_RECORDS = 6;

    private final Clock clock;
    private final Resources resources;
    private final CheckAges ages;
    private final LookMemory memory = new LookMemory();

    Findings(Clock clock, Resources resources, CheckAges ages) {
        this.clock = clock;
        this.resources = resources;
        this.ages = ages;
    }

    /** It is to be compared from now on. @return the same, where its own last look saw it */
    Subject due(Subject subject) {
        return look(subject.uid())
                .flatMap(look -> Optional.ofNullable(look.found()))
                .map(Well::accountId)
                .filter(account -> !account.isEmpty())
                .map(subject::in)
                .orElse(subject);
    }

    /** Its sweeps are these. */
    void due(Subject subject, Duration interval) {
        ages.due(subject.uid(), subject.place().key(), interval);
    }

    Optional<Look> look(String uid) {
        return memory.of(uid);
    }

    /** It has looked for itself, and all is well. */
    void well(Subject subject, Duration interval) {
        Key key = subject.place().key();
        Instant now = clock.instant();
        memory.looked(subject.uid(), new Look(now, key.token(), Well.at(subject.place())));
        ages.checked(subject.uid(), key, now, interval);
    }

    /** Whether that was within this time. */
    boolean foundWell(Subject subject, Duration lately) {
        Instant recent = clock.instant().minus(lately);
        return look(subject.uid())
                .filter(look -> look.well() && look.at().isAfter(recent))
                .isPresent();
    }

    /** It has looked for itself, and not all is well. */
    void notWell(String uid) {
        String token = look(uid).map(Look::token).orElse("");
        memory.looked(uid, new Look(clock.instant(), token, null));
    }

    /** What keeps the resource from being compared, in words. */
    void hindered(String uid, String why) {
        ages.hindered(uid, why);
    }

    /** The same, of all that one sweep sees. */
    void hindered(Key key, String why) {
        ages.hindered(key, why);
    }

    /** It says itself how it is. */
    void saysItself(String uid) {
        ages.gone(uid);
    }

    /** The resource is gone. */
    void forget(String uid) {
        memory.forget(uid);
        ages.gone(uid);
    }

    Set<String> uids() {
        return memory.uids();
    }

    Optional<CheckAge> ageOf(String token) {
        return ages.of(token);
    }

    Map<Key, CheckAge> ages() {
        return ages.ages();
    }

    /** Cloudflare as the sweep saw it; see {@link SubjectCheck#seen}. */
    Cloudflare seenBy(Subject subject, AccountView view, Duration interval, Supplier<Cloudflare> own) {
        Duration goodFor = interval.multipliedBy(SWEEPS_WITHOUT_RECORDS);
        String uid = subject.uid();
        return new SweptCloudflare(
                subject,
                view,
                own,
                host -> memory.records(uid, host, clock.instant(), goodFor),
                (host, report) -> memory.learn(uid, host, report, clock.instant()));
    }

    /** It is as its status says, as the sweep saw it. */
    void asBefore(Subject subject, AccountView view, Duration interval) {
        String uid = subject.uid();
        ages.checked(uid, subject.place().key(), view.began(), interval);
        view.answerTo(subject)
                .ifPresent(answer -> memory.foundBy(uid, new Found(answer, subject.version(), view.began())));
    }

    /**
     * Whether this sweep told the same of the resource as one after which it was as its status says, and it has not changed since: it need
     * not be reconciled to see that it is so still.
     */
    boolean isAsBefore(Subject subject, AccountView view, Duration interval) {
        Optional<Found> same = view.answerTo(subject).flatMap(answer -> memory.foundBySweep(subject.uid())
                .filter(found -> found.answer().equals(answer))
                .filter(found -> resources
                        .versionOf(subject.resource())
                        .filter(found.version()::equals)
                        .isPresent())
                // The answers of the view that is kept: those of the last one can go.
                .map(found -> new Found(answer, found.version(), view.began())));
        same.ifPresent(found -> {
            memory.foundBy(subject.uid(), found);
            ages.checked(subject.uid(), subject.place().key(), view.began(), interval);
        });
        return same.isPresent();
    }

    /** When the latest sweep began that told of the resource what its status says; empty where it has looked for itself since. */
    Optional<Instant> foundWellBySweep(String uid) {
        return memory.foundBySweep(uid).map(Found::began);
    }
}
