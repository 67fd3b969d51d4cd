package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.controller.sweep.LookMemory.Look;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.controller.sweep.Sweep.Progress;
import io.maildomain.operator.controller.sweep.plan.CheckDecision;
import io.maildomain.operator.controller.sweep.plan.Facet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sweeps of one account with one token: who is seen by them, when the next one is due, what the last one saw. Thread-safe. */
final class AccountSweeps {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

    /** The first sweep waits until no more resources come, so that it sees all of them: within these limits. */
    private static final Duration LULL = Duration.ofSeconds(1);

    private static final Duration LONGEST_GATHERING = Duration.ofSeconds(15);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Sweeps.Key key;
    private final Sweeps sweeps;
    private final Alarm alarm;
    private final SweepMembers members = new SweepMembers();
    private final ListTrust trust = new ListTrust();
    private final Instant since;
    private Instant joined;
    private Duration interval;
    private int cost;
    private Instant due;
    private @Nullable AccountView view;
    private @Nullable Sweep current;
    private final Silence silence = new Silence();
    private boolean refusalTold;
    /** Whether the last sweep looked for the zones of all: some may have come while it was under way. */
    private boolean sawAll;

    /** Until it is known how many there are to be seen. */
    private boolean gathering = true;

    /** A turn of the current sweep is under way: another thread must not take one. */
    private boolean running;

    AccountSweeps(Sweeps.Key key, Sweeps sweeps) {
        this.key = key;
        this.sweeps = sweeps;
        this.since = sweeps.now();
        this.joined = since;
        this.due = since;
        this.interval = sweeps.intervalFor(0);
        this.alarm = new Alarm(sweeps.tasks(), sweeps.clock(), this::step);
    }

    synchronized void join(Subject member) {
        if (members.join(member)) {
            joined = sweeps.now();
            alarm.within(LULL);
        }
    }

    /** @return whether it has no members any more */
    synchronized boolean leave(String uid) {
        members.leave(uid);
        if (members.isAnyResting() && !isSweeping()) {
            alarm.within(LULL);
        }
        return members.isEmpty();
    }

    synchronized void differs() {
        trust.differs();
    }

    synchronized boolean isEmpty() {
        return members.isEmpty();
    }

    synchronized SubjectCheck check(Subject member, Optional<Look> look, boolean tokenRefused) {
        Instant now = sweeps.now();
        AccountView seen = view;
        Instant swept = seen != null && seen.covers(member) ? seen.began() : null;
        CheckDecision decision = CheckDecision.of(
                new CheckDecision.Known(
                        gathering || !worthReading(now).isEmpty(),
                        tokenRefused,
                        look.map(last -> last.wasAt(member.place())).orElse(true),
                        look.map(last -> last.wasOn(member.place().terms())).orElse(true),
                        look.map(Look::at).orElse(null),
                        look.map(Look::well).orElse(true),
                        swept,
                        since,
                        interval,
                        isUnanswered() && silence.isTried(now, interval)),
                now);
        if (isUnanswered() && decision instanceof CheckDecision.Own) {
            silence.tries(now);
        }
        members.told(member, decision);
        if (decision instanceof CheckDecision.Await) {
            awaited(look.isEmpty(), now);
        }
        return new SubjectCheck(member, decision, seen, interval, sweeps);
    }

    /** A member waits for the next sweep: it begins once it is due, which is soon where nothing was ever seen of that member. */
    private void awaited(boolean neverSeen, Instant now) {
        if (gathering || current != null) {
            return;
        }
        Instant soon = now.plus(LONGEST_GATHERING);
        if (neverSeen && !silence.hasFailed() && soon.isBefore(due)) {
            due = soon;
        }
        alarm.within(longer(Duration.between(now, due), SHORTEST));
    }

    /** A resource has looked for itself. */
    synchronized void looked(boolean hasAnswer) {
        silence.looked(hasAnswer);
    }

    /** Whether Cloudflare answers neither sweeps nor looks. */
    synchronized boolean isUnanswered() {
        return silence.isComplete() && !isRefused();
    }

    synchronized Optional<AccountView> view() {
        return Optional.ofNullable(view);
    }

    synchronized Duration interval() {
        return interval;
    }

    /** Calls that a round takes. */
    synchronized int cost() {
        return cost;
    }

    /** How many resources are seen; 0 while nothing is swept. */
    synchronized int seen() {
        return isSweeping() ? members.size() : 0;
    }

    synchronized boolean isSweeping() {
        return !worthReading(sweeps.now()).isEmpty();
    }

    private Set<Facet> worthReading(Instant now) {
        return trust.worthReading(members.domains(), now);
    }

    /** Whatever becomes of it, there is a next one: members rest until then. */
    private void step() {
        try {
            goOn();
        } catch (RuntimeException | Error e) {
            LOG.error("a step of the sweeps of account {} ended by itself", key.accountId(), e);
            alarm.within(interval());
        }
    }

    private void goOn() {
        sweeps.wake(released());
        Sweep sweep = next();
        if (sweep == null) {
            return;
        }
        Progress progress;
        try {
            progress = sweep.turn(sweeps.tokens());
        } catch (RuntimeException | Error e) {
            LOG.error("a sweep of account {} ended by itself", key.accountId(), e);
            progress = new Progress.Failed(e.getClass().getSimpleName());
        }
        List<Subject> woken = went(progress);
        if (progress instanceof Progress.Over) {
            rest();
        }
        sweeps.wake(woken);
    }

    /** Until the next one. Not under this lock: all accounts are asked what they cost. */
    private void rest() {
        Duration next = sweeps.intervalFor(sweeps.cost());
        synchronized (this) {
            if (sawAll) {
                due = due.plus(next.minus(interval));
            }
            interval = next;
            alarm.within(longer(Duration.between(sweeps.now(), due), SHORTEST));
        }
    }

    /** Those who rest until a sweep wakes them where none is worth it: they are too few, or have become so. */
    private synchronized List<Subject> released() {
        Instant now = sweeps.now();
        if (gathering) {
            Duration lull = Duration.between(now, joined.plus(LULL));
            if (lull.compareTo(Duration.ZERO) > 0 && now.isBefore(since.plus(LONGEST_GATHERING))) {
                alarm.within(lull);
                return List.of();
            }
            gathering = false;
            if (members.all().stream().allMatch(member -> sweeps.hasLooked(member.uid()))) {
                due = since.plus(interval);
            }
        }
        return worthReading(now).isEmpty() ? members.released() : List.of();
    }

    /** The sweep to go on with; null while none is due. */
    private synchronized @Nullable Sweep next() {
        if (members.isEmpty() || gathering || running) {
            return null;
        }
        Instant now = sweeps.now();
        if (current != null && current.isOlderThan(now.minus(interval))) {
            current = null;
        }
        if (current == null) {
            Duration wait = Duration.between(now, due);
            Set<Facet> facets = worthReading(now);
            if (wait.compareTo(Duration.ZERO) > 0 || facets.isEmpty()) {
                alarm.within(longer(facets.isEmpty() ? interval : wait, Duration.ofMillis(10)));
                return null;
            }
            Place place = members.all().iterator().next().place();
            current = new Sweep("sweep/" + key, place, List.copyOf(members.all()), facets, sweeps.clock());
        }
        running = true;
        return current;
    }

    /** @return who is to be woken */
    private synchronized List<Subject> went(Progress progress) {
        Instant now = sweeps.now();
        running = false;
        if (current != null && progress instanceof Progress.Pause pause) {
            if (!current.trouble().isEmpty()) {
                sweeps.findings().hindered(key, current.trouble());
                silence.turnEnded(current.isUnanswered());
            }
            // A round that takes long comes seldom: what it has read so far is good for as long as that.
            interval = longer(interval, sweeps.intervalFor(current.size()));
            alarm.within(pause.pause());
            return List.of();
        }
        current = null;
        return progress instanceof Progress.Over over ? done(over, now) : failed((Progress.Failed) progress, now);
    }

    /** Where the token is refused each of them says so, once. */
    private List<Subject> failed(Progress.Failed progress, Instant now) {
        sweeps.findings().hindered(key, progress.why());
        sweeps.count("failed", 0);
        due = now.plus(silence.sweepFailed(interval));
        alarm.within(Duration.between(now, due));
        boolean tells = isRefused() && !refusalTold;
        refusalTold |= tells;
        return tells ? members.woken(List.copyOf(members.all())) : List.of();
    }

    private List<Subject> done(Progress.Over over, Instant now) {
        silence.sweepDone();
        refusalTold = false;
        sweeps.count("done", over.calls());
        cost = over.calls() + members.ownReads(over.view()) + trust.callsOfLooks();
        Instant later = now.plus(interval.multipliedBy(ListTrust.INTERVALS_WITHOUT_LIST));
        boolean trusted = trust.over(over.useless(), members.size(), later);
        view = trusted && !over.view().listed().isEmpty() ? over.view() : null;
        List<Subject> covered = members.coveredBy(over.view());
        sawAll = covered.size() == members.size();
        due = now.plus(sawAll ? interval : LONGEST_GATHERING);
        AccountView seen = view;
        return members.woken(
                seen == null
                        ? covered
                        : covered.stream()
                                .filter(member -> members.awaits(member)
                                        || !sweeps.findings().isAsBefore(member, seen, interval))
                                .toList());
    }

    private boolean isRefused() {
        return members.all().stream().findFirst().filter(sweeps::isRefused).isPresent();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
