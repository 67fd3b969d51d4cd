package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.MailboxFleet;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Teams attach many Mailboxes to domains of another team. These come, change, expire and go: what each costs. */
final class MailboxesComeAndGo implements Scenario {

    @Override
    public void play(Laboratory lab, Results results) {
        try (Rig rig = lab.rig("mailboxes", Setting.unlimited().withMailboxes(), 2);
                MailboxFleet fleet = MailboxFleet.open(rig, lab.scale().domainsWithMailboxes())) {
            int domains = fleet.domains();
            int all = fleet.size();

            Cost coming = cost(rig, fleet::come);
            results.put(Figure.MAILBOXES_COME, coming.calls(all));
            results.put(Figure.MAILBOXES_COME_WRITES, coming.writes(all));
            results.put(Figure.MAILBOXES_COME_STATUS, coming.statuses(all, all));

            Cost changing = cost(rig, fleet::oneOfEachChanges);
            results.put(Figure.MAILBOX_CHANGES, changing.calls(domains));
            results.put(Figure.MAILBOX_CHANGES_WRITES, changing.writes(domains));
            results.put(Figure.MAILBOX_CHANGES_LOOKS, changing.calls().besidesRules());
            results.put(Figure.MAILBOX_CHANGES_STATUS, changing.statuses(domains, domains));

            Cost going = cost(rig, fleet::halfOfEachGo);
            int left = fleet.size();
            results.put(Figure.MAILBOXES_GO, going.calls(all - left));
            results.put(Figure.MAILBOXES_GO_WRITES, going.writes(all - left));
            results.put(Figure.MAILBOXES_GO_STATUS, going.statuses(1, all - left));

            Instant end = Instant.now().plus(fleet.timeToApply()).truncatedTo(ChronoUnit.SECONDS);
            Cost timed = cost(rig, () -> fleet.expireAt(end));
            results.put(Figure.MAILBOXES_TIME, timed.calls(1));
            results.put(Figure.MAILBOXES_TIME_STATUS, timed.statuses(left, left));

            Cost expiring = cost(rig, fleet::awaitNoRules, fleet::awaitExpired);
            results.put(Figure.MAILBOXES_EXPIRE, expiring.calls(left));
            results.put(Figure.MAILBOXES_EXPIRE_WRITES, expiring.writes(left));
            results.put(Figure.MAILBOXES_EXPIRE_STATUS, expiring.statuses(left, 0));
            results.put(
                    Figure.MAILBOXES_EXPIRE_TIME,
                    Duration.between(end, expiring.end()).toMillis() / 1000.0);
        }
    }

    private static Cost cost(Rig rig, Runnable work) {
        return cost(rig, work, () -> {});
    }

    private static Cost cost(Rig rig, Runnable work, Runnable wordsAboutIt) {
        long before = rig.writesToApiServer();
        rig.clearCalls();
        work.run();
        Instant end = Instant.now();
        wordsAboutIt.run();
        rig.awaitQuiet();
        return new Cost(rig.calls(), rig.writesToApiServer() - before, end);
    }

    /**
     * What was done for it.
     *
     * @param statuses writes to the API server, those of the users included
     * @param end when it was done
     */
    private record Cost(Calls calls, long statuses, Instant end) {

        double calls(int each) {
            return (double) calls.total() / each;
        }

        double writes(int each) {
            return (double) calls.writes() / each;
        }

        /** @param byUsers so many of the writes were theirs */
        double statuses(int each, int byUsers) {
            return (double) (statuses - byUsers) / each;
        }
    }
}
