package io.maildomain.operator.statuspage.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as people read them. */
final class Durations {

    private Durations() {}

    /** Two units at most, such as {@code 3 h 20 min}. What lies in the future, by a clock that is wrong, has just begun. */
    static String words(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return Math.max(0, duration.toSeconds()) + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return duration.toMinutes() + " min";
        }
        if (duration.compareTo(Duration.ofDays(1)) < 0) {
            return duration.toHours() + " h" + rest(duration.toMinutesPart(), " min");
        }
        return duration.toDays() + " d" + rest(duration.toHoursPart(), " h");
    }

    private static String rest(int count, String unit) {
        return count == 0 ? "" : " " + count + unit;
    }

    /** How long ago, with the time itself for programs and for those who listen; nothing where it is not known. */
    static Html ago(@Nullable Instant since, Instant now) {
        return since == null ? Html.NOTHING : time(since, words(Duration.between(since, now)));
    }

    /** The time, to the second, in UTC. */
    static Html at(Instant time) {
        String text = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return time(time, text.replace('T', ' ').replace("Z", " UTC"));
    }

    private static Html time(Instant time, String words) {
        return Element.of(Tag.TIME)
                .with(Attribute.DATETIME, time.truncatedTo(ChronoUnit.SECONDS).toString())
                .saying(words);
    }
}
