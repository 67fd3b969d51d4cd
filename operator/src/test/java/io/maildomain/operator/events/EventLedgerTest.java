package io.maildomain.operator.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.events.EventLedger.Count;
import io.maildomain.operator.events.EventLedger.Create;
import io.maildomain.operator.events.EventLedger.Decision;
import io.maildomain.operator.events.EventLedger.Key;
import io.maildomain.operator.events.EventLedger.Quiet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLedgerTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final EventLedger ledger = new EventLedger();

    @Test
    void theFirstOccurrenceCreatesAnEventAndTheNextCountsIt() {
        assertThat(say(key("a"), START)).isEqualTo(new Create());
        assertThat(say(key("a"), START.plusSeconds(400))).isEqualTo(new Count("event-a", 2));
        assertThat(say(key("a"), START.plusSeconds(800))).isEqualTo(new Count("event-a", 3));
    }

    @Test
    void anotherMessageReasonTypeOrObjectIsAnotherEvent() {
        say(new Key("o", EventType.NORMAL, "R", "m"), START);
        assertThat(say(new Key("o", EventType.NORMAL, "R", "n"), START)).isInstanceOf(Create.class);
        assertThat(say(new Key("o", EventType.NORMAL, "S", "m"), START)).isInstanceOf(Create.class);
        assertThat(say(new Key("o", EventType.WARNING, "R", "m"), START)).isInstanceOf(Create.class);
        assertThat(say(new Key("p", EventType.NORMAL, "R", "m"), START)).isInstanceOf(Create.class);
    }

    @Test
    void withinAnHourOfTheLastOccurrenceItIsTheSameEventLaterANewOne() {
        say(key("a"), START);
        Instant later = START.plus(EventLedger.SAME_EVENT);
        assertThat(say(key("a"), later)).isInstanceOf(Count.class);
        assertThat(say(key("a"), later.plus(EventLedger.SAME_EVENT))).isInstanceOf(Count.class);
        assertThat(say(
                        key("a"),
                        later.plus(EventLedger.SAME_EVENT.multipliedBy(2)).plusSeconds(1)))
                .isInstanceOf(Create.class);
    }

    @Test
    void anObjectSaysAtMostTenInFiveMinutes() {
        for (int number = 0; number < EventLedger.PER_WINDOW; number++) {
            assertThat(say(key("m" + number), START.plusSeconds(number))).isInstanceOf(Create.class);
        }
        assertThat(say(key("one too many"), START.plusSeconds(10))).isInstanceOf(Quiet.class);
        assertThat(say(new Key("other", EventType.NORMAL, "R", "m"), START.plusSeconds(10)))
                .isInstanceOf(Create.class);

        assertThat(say(key("later"), START.plus(EventLedger.WINDOW))).isInstanceOf(Create.class);
        assertThat(say(key("still too many"), START.plus(EventLedger.WINDOW))).isInstanceOf(Quiet.class);
    }

    @Test
    void whatWasKeptQuietIsStillCounted() {
        for (int number = 0; number < 15; number++) {
            say(key("a"), START.plusSeconds(number));
        }
        assertThat(say(key("a"), START.plus(EventLedger.WINDOW).plusSeconds(60)))
                .isEqualTo(new Count("event-a", 16));
    }

    @Test
    void anEventThatCouldNotBeCreatedIsCreatedTheNextTime() {
        assertThat(ledger.happened(key("a"), START)).isInstanceOf(Create.class);
        assertThat(ledger.happened(key("a"), START.plusSeconds(1))).isInstanceOf(Create.class);
    }

    @Test
    void theOldestAreForgottenAndMemoryStaysBounded() {
        say(key("first"), START);
        for (int number = 0; number < EventLedger.MOST; number++) {
            say(new Key("object-" + number, EventType.NORMAL, "R", "m"), START.plusSeconds(number));
        }
        Instant end = START.plus(Duration.ofDays(1));
        assertThat(say(key("first"), end)).isEqualTo(new Create());
        assertThat(ledger.size()).isLessThanOrEqualTo(2 * EventLedger.MOST);
    }

    private Decision say(Key key, Instant now) {
        Decision decision = ledger.happened(key, now);
        if (decision instanceof Create) {
            ledger.created(key, "event-" + key.message());
        }
        return decision;
    }

    private static Key key(String message) {
        return new Key("MailDomain/mail/example-com", EventType.NORMAL, "Created", message);
    }
}
