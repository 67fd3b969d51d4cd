package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.sweep.CheckAge;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the status of an account says of the checks of all that is healthy with its token. It is written where it begins or ends to be
 * late, and else once an hour: a sweep that finds nothing new writes nothing. Pure.
 *
 * @param fresh the condition; null: there is none, or it stays word for word
 * @param kept the condition as it stands; null: there is none, or another one is to be written
 * @param lastChecked null: not known
 * @param interval null: not known
 */
record AccountChecks(
        @Nullable Check fresh,
        @Nullable Condition kept,
        @Nullable Instant lastChecked,
        @Nullable String interval) {

    private static final Duration WRITTEN_EVERY = Duration.ofHours(1);

    private static final Check CURRENT = Check.yes(
            ConditionType.CHECKS_CURRENT,
            Reason.ChecksCurrent,
            "all that is healthy was compared with Cloudflare within two intervals");

    /**
     * What is to be said.
     *
     * @param before null: the account has no status yet
     * @param age null: not known yet, soon after a start
     */
    static AccountChecks of(@Nullable CloudflareAccountStatus before, @Nullable CheckAge age) {
        AccountChecks said = said(before);
        if (age == null) {
            return said;
        }
        if (age.resources() == 0) {
            return said.isLate() ? new AccountChecks(null, null, said.lastChecked, said.interval) : said;
        }
        if (age.isLate()) {
            return late(said, age);
        }
        if (!age.known()) {
            return said;
        }
        Instant oldest = age.oldest().truncatedTo(ChronoUnit.SECONDS);
        return said.fresh != null && !said.isOlderThan(oldest.minus(WRITTEN_EVERY))
                ? said
                : new AccountChecks(CURRENT, null, oldest, words(age.interval()));
    }

    private static AccountChecks late(AccountChecks said, CheckAge age) {
        Instant oldest = age.oldest().truncatedTo(ChronoUnit.SECONDS);
        if (said.isLate() && (!age.known() || !said.isOlderThan(oldest.minus(WRITTEN_EVERY)))) {
            return said;
        }
        Instant last = age.known() ? oldest : said.lastChecked;
        String since = last == null ? "not since " + oldest : "last at " + last;
        Check overdue = Check.no(
                ConditionType.CHECKS_CURRENT,
                Reason.ChecksOverdue,
                "%d of %d healthy resources were not compared with Cloudflare for nearly two intervals (%s), %s: %s"
                        .formatted(age.late(), age.resources(), words(age.interval()), since, age.why()));
        return new AccountChecks(overdue, null, last, words(age.interval()));
    }

    /** As it stands. */
    private static AccountChecks said(@Nullable CloudflareAccountStatus before) {
        if (before == null) {
            return new AccountChecks(null, null, null, null);
        }
        Condition condition = Conditions.find(before.conditions(), ConditionType.CHECKS_CURRENT)
                .orElse(null);
        boolean holds = condition != null && condition.holds();
        return new AccountChecks(
                holds ? CURRENT : null, holds ? null : condition, before.lastChecked(), before.checkInterval());
    }

    /** These conditions and its own, in place of the one that stands there. */
    List<Condition> among(List<Condition> before, List<Condition> others, long generation, Instant now) {
        List<Condition> all = new ArrayList<>(others);
        all.removeIf(condition -> ConditionType.CHECKS_CURRENT.value().equals(condition.type()));
        if (kept != null) {
            all.add(kept);
        } else if (fresh != null) {
            all.addAll(Conditions.of(before, List.of(fresh), generation, now));
        }
        return all;
    }

    private boolean isLate() {
        return kept != null;
    }

    private boolean isOlderThan(Instant time) {
        return lastChecked == null || !lastChecked.isAfter(time);
    }

    /** As Kubernetes writes durations: 1h2m3s. */
    private static String words(Duration duration) {
        long hours = duration.toHours();
        String minutes = hours > 0 || duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
        return (hours > 0 ? hours + "h" : "") + minutes + duration.toSecondsPart() + "s";
    }
}
