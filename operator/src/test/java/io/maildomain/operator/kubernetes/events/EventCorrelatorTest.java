package io.maildomain.operator.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.kubernetes.events.EventCorrelator.Count;
import io.maildomain.operator.kubernetes.events.EventCorrelator.Create;
import io.maildomain.operator.kubernetes.events.EventCorrelator.Decision;
import io.maildomain.operator.kubernetes.events.EventCorrelator.Key;
import io.maildomain.operator.kubernetes.events.EventCorrelator.Quiet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventCorrelatorTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final EventCorrelator correlator = new EventCorrelator();

    @Test
    void theFirstOccurrenceCreatesAnEventAndTheNextCountsIt() {
        assertThat(say(key("a"), START)).isEqualTo(new Create());
        assertThat(say(key("a"), START.plusSeconds(400))).isEqualTo(new Count("event-a", 2));
        assertThat(say(key("a"), START.plusSeconds(800))).isEqualTo(new Count("event-a", 3));
    }

    @Test
    void anotherMessageReasonTypeOrObjectIsAnotherEvent() {
        say(new Key("o", EventType.NORMAL, Reason.Created, "m"), START);
        assertThat(say(new Key("o", EventType.NORMAL, Reason.Created, "n"), START))
                .isInstanceOf(Create.class);
        assertThat(say(new Key("o", EventType.NORMAL, Reason.Updated, "m"), START))
                .isInstanceOf(Create.class);
        assertThat(say(new Key("o", EventType.WARNING, Reason.Created, "m"), START))
                .isInstanceOf(Create.class);
        assertThat(say(new Key("p", EventType.NORMAL, Reason.Created, "m"), START))
                .isInstanceOf(Create.class);
    }

    @Test
    void withinAnHourOfTheLastOccurrenceItIsTheSameEventLaterANewOne() {
        say(key("a"), START);
        Instant later = START.plus(EventCorrelator.SAME_EVENT);
        assertThat(say(key("a"), later)).isInstanceOf(Count.class);
        assertThat(say(key("a"), later.plus(EventCorrelator.SAME_EVENT))).isInstanceOf(Count.class);
        assertThat(say(
                        key("a"),
                        later.plus(EventCorrelator.SAME_EVENT.multipliedBy(2)).plusSeconds(1)))
                .isInstanceOf(Create.class);
    }

    @Test
    void anObjectSaysAtMostTenInFiveMinutes() {
        for (int number = 0; number < EventCorrelator.PER_WINDOW; number++) {
            assertThat(say(key("m" + number), START.plusSeconds(number))).isInstanceOf(Create.class);
        }
        assertThat(say(key("one too many"), START.plusSeconds(10))).isInstanceOf(Quiet.class);
        assertThat(say(new Key("other", EventType.NORMAL, Reason.Created, "m"), START.plusSeconds(10)))
                .isInstanceOf(Create.class);

        assertThat(say(key("later"), START.plus(EventCorrelator.WINDOW))).isInstanceOf(Create.class);
        assertThat(say(key("still too many"), START.plus(EventCorrelator.WINDOW)))
                .isInstanceOf(Quiet.class);
    }

    @Test
    void whatWasKeptQuietIsStillCounted() {
        for (int number = 0; number < 15; number++) {
            say(key("a"), START.plusSeconds(number));
        }
        assertThat(say(key("a"), START.plus(EventCorrelator.WINDOW).plusSeconds(60)))
                .isEqualTo(new Count("event-a", 16));
    }

    @Test
    void anEventThatCouldNotBeCreatedIsCreatedTheNextTime() {
        assertThat(correlator.happened(key("a"), START)).isInstanceOf(Create.class);
        assertThat(correlator.happened(key("a"), START.plusSeconds(1))).isInstanceOf(Create.class);
    }

    @Test
    void theOldestAreForgottenAndMemoryStaysBounded() {
        say(key("first"), START);
        for (int number = 0; number < EventCorrelator.MOST; number++) {
            say(new Key("object-" + number, EventType.NORMAL, Reason.Created, "m"), START.plusSeconds(number));
        }
        Instant end = START.plus(Duration.ofDays(1));
        assertThat(say(key("first"), end)).isEqualTo(new Create());
        assertThat(correlator.size()).isLessThanOrEqualTo(2 * EventCorrelator.MOST);
    }

    @Test
    void soItDoesWhereMoreObjectsThanThatHaveEventsAtOnce() {
        for (int number = 0; number < 3 * EventCorrelator.MOST; number++) {
            say(new Key("object-" + number, EventType.NORMAL, Reason.Created, "m"), START);
        }
        assertThat(correlator.size()).isLessThanOrEqualTo(2 * EventCorrelator.MOST);
    }

    private Decision say(Key key, Instant now) {
        Decision decision = correlator.happened(key, now);
        if (decision instanceof Create) {
            correlator.created(key, "event-" + key.message());
        }
        return decision;
    }

    private static Key key(String message) {
        return new Key("MailDomain/mail/example-com", EventType.NORMAL, Reason.Created, message);
    }
}
