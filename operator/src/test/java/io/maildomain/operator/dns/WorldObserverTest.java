package io.maildomain.operator.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.operator.dns.World.Subject;
import io.maildomain.operator.dns.WorldObserver.Resolvers;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.Sight;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.fixture.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorldObserverTest {

    /** Its quarter is how often it is asked what is due. */
    private static final Duration INTERVAL = Duration.ofMillis(900);

    private static final Subject SHOP = new Subject("uid-1", "mail", "example-com", "example.com");

    private final ScriptedNameServer dns = new ScriptedNameServer();
    private final ShiftedClock clock = ShiftedClock.stoppedAt(Instant.parse("2026-11-30T00:00:00Z"));
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<Subject> told = new CopyOnWriteArrayList<>();
    private final WorldObserver observer =
            new WorldObserver(new Resolvers(List.of(dns.address()), true), INTERVAL, clock, whole -> {
                looks.incrementAndGet();
                if (!whole) {
                    unanswered.incrementAndGet();
                }
            });

    @BeforeEach
    void aDomainThatIsWell() {
        dns.says("com", "NS", "a.gtld.example").delegates("example.com", "ns1.old.example");
    }

    @AfterEach
    void stop() {
        observer.close();
        dns.close();
    }

    private void start() {
        observer.start(told::add);
    }

    private WorldView seen(Subject subject) {
        await().until(() -> observer.of(subject) instanceof Sight.Seen);
        return ((Sight.Seen) observer.of(subject)).view();
    }

    @Test
    void whatIsAskedFirstIsNotWaitedForAndIsToldWhenItIsSeen() {
        start();

        assertThat(observer.of(SHOP)).isEqualTo(new Sight.NotYet());

        await().untilAsserted(() -> assertThat(told).containsExactly(SHOP));
        assertThat(seen(SHOP).nameServers().found()).contains(List.of("ns1.old.example"));
    }

    @Test
    void theSameSeenAgainIsNoNews() {
        start();
        seen(SHOP);

        pass(3);

        assertThat(told).containsExactly(SHOP);
    }

    @Test
    void whatChangesIsTold() {
        start();
        seen(SHOP);

        dns.delegates("example.com", "amy.ns.cloudflare.com");
        pass(1);

        await().untilAsserted(() -> assertThat(told).containsExactly(SHOP, SHOP));
        assertThat(seen(SHOP).nameServers().found()).contains(List.of("amy.ns.cloudflare.com"));
    }

    /** The answers' own time, but not longer than an hour: what was mended is to be seen. */
    @Test
    void aDomainIsNotLookedAtAgainBeforeItsAnswersAreOld() {
        start();
        seen(SHOP);
        int before = looks.get();

        clock.passes(Duration.ofSeconds(200));
        Subject other = new Subject("uid-2", "mail", "other", "example.com");
        seen(other);
        assertThat(looks).hasValue(before + 1);

        clock.passes(Duration.ofSeconds(200));
        await().untilAsserted(() -> assertThat(looks).hasValueGreaterThan(before + 1));
    }

    @Test
    void whileAnswersFailTheStatusStaysAsItWasAndThenItIsNotKnown() {
        dns.says("example.com", "MX", "10 route1.mx.cloudflare.net.");
        start();
        seen(SHOP);
        dns.fails("example.com", "MX", "SERVFAIL");

        pass(2);
        assertThat(seen(SHOP).exchangers().found()).isPresent();

        pass(1);
        await().untilAsserted(() ->
                assertThat(seen(SHOP).exchangers()).isEqualTo(Answer.failed(Answer.Failure.SERVER_FAILED)));
        assertThat(unanswered).hasValueGreaterThanOrEqualTo(3);
    }

    /** DNS may be slow for all at once while the operator starts: what the statuses say must stay. */
    @Test
    void aFirstLookThatFailedIsNotBelievedAndIsRepeatedSoon() {
        dns.fails("example.com", "MX", "SERVFAIL").fails("example.com", "DS", "SERVFAIL");
        start();
        observer.of(SHOP);
        await().untilAsserted(() -> assertThat(looks).hasValue(1));
        assertThat(observer.of(SHOP)).isEqualTo(new Sight.NotYet());

        dns.says("example.com", "MX", "10 route1.mx.cloudflare.net.").saysNothing("example.com", "DS");
        clock.passes(INTERVAL.plusSeconds(1));

        assertThat(seen(SHOP).exchangers().found()).isPresent();
        assertThat(told).allMatch(SHOP::equals).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aFirstLookThatFailsAgainAndAgainIsBelieved() {
        dns.fails("example.com", "MX", "SERVFAIL");
        start();
        observer.of(SHOP);
        await().untilAsserted(() -> assertThat(looks).hasValue(1));

        pass(2);

        assertThat(seen(SHOP).exchangers()).isEqualTo(Answer.failed(Answer.Failure.SERVER_FAILED));
    }

    /** The owner of an included name is a stranger. */
    @Test
    void aPartThatNeverAnswersTakesNothingFromTheOthers() {
        dns.fails("_dmarc.example.com", "TXT", "SERVFAIL").says("example.com", "MX", "10 route1.mx.cloudflare.net.");
        start();
        observer.of(SHOP);
        await().untilAsserted(() -> assertThat(looks).hasValue(1));
        pass(3);
        dns.fails("example.com", "MX", "SERVFAIL");

        pass(2);

        assertThat(seen(SHOP).exchangers().found()).isPresent();
    }

    /** The resolver says what stands in the zone itself, which may be something else: it must not be said in turn. */
    @Test
    void aZoneAboveThatIsSilentForAWhileIsBelievedStill() {
        start();
        seen(SHOP);
        dns.failsDirectly("example.com", "REFUSED").says("example.com", "NS", "ns9.inside.example");

        pass(2);
        assertThat(seen(SHOP).nameServers().found()).contains(List.of("ns1.old.example"));
        assertThat(seen(SHOP).parent()).isEqualTo("com");
        assertThat(told).containsExactly(SHOP);

        pass(1);
        await().untilAsserted(
                        () -> assertThat(seen(SHOP).nameServers().found()).contains(List.of("ns9.inside.example")));
        assertThat(seen(SHOP).parent()).isEmpty();
    }

    @Test
    void newsThatCannotBeToldNowAreToldSoon() {
        AtomicInteger tries = new AtomicInteger();
        observer.start(subject -> tries.incrementAndGet() > 1);

        observer.of(SHOP);
        await().untilAsserted(() -> assertThat(tries).hasValue(1));
        await().untilAsserted(() -> {
            clock.passes(Duration.ofSeconds(1));
            assertThat(tries).hasValue(2);
        });
    }

    /** A status that is stale costs a call to Cloudflare in each sweep. */
    @Test
    void newsThatCannotBeWrittenAreToldLater() {
        AtomicInteger tries = new AtomicInteger();
        observer.start(subject -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("the API server is away, as a test wants it");
            }
            return true;
        });
        observer.of(SHOP);
        await().untilAsserted(() -> assertThat(tries).hasValue(1));

        clock.passes(Duration.ofSeconds(40));

        await().untilAsserted(() -> assertThat(tries).hasValue(2));
    }

    /** Two of them at a time, each for seconds: news at the end of that queue would come after a quarter of an hour. */
    @Test
    void newsWaitForNoLook() {
        AtomicInteger tries = new AtomicInteger();
        observer.start(subject -> tries.incrementAndGet() > 1);
        observer.of(SHOP);
        IntStream.range(0, 200).forEach(i -> {
            dns.isSilent("slow" + i + ".com", "DS");
            observer.of(new Subject("slow-" + i, "mail", "slow" + i, "slow" + i + ".com"));
        });
        await().untilAsserted(() -> assertThat(tries).hasValue(1));

        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
            clock.passes(Duration.ofSeconds(1));
            assertThat(tries).hasValue(2);
        });
    }

    /** What it did not come to is no answer. */
    @Test
    void aLookThatTheEndInterruptsIsNoNews() {
        start();
        seen(SHOP);
        dns.delegates("example.com", "amy.ns.cloudflare.com").isSilent("example.com", "MX");
        int before = looks.get();
        long asked = dns.asked().stream().filter("MX example.com"::equals).count();
        clock.passes(Duration.ofMinutes(10));
        await().until(() ->
                dns.asked().stream().filter("MX example.com"::equals).count() > asked);

        observer.close();

        await().untilAsserted(() -> assertThat(looks).hasValueGreaterThan(before));
        assertThat(seen(SHOP).nameServers().found()).contains(List.of("ns1.old.example"));
        assertThat(told).containsExactly(SHOP);
    }

    @Test
    void whatIsGoneIsForgotten() {
        start();
        seen(SHOP);

        observer.forget(SHOP.uid());

        assertThat(observer.uids()).isEmpty();
        int before = looks.get();
        clock.passes(Duration.ofHours(2));
        Subject other = new Subject("uid-2", "mail", "other", "example.com");
        seen(other);
        assertThat(looks).hasValue(before + 1);
    }

    /** Those who suspend and resume a resource in turn must not fill the queue. */
    @Test
    void ofAResourceThatComesAndGoesOneLookWaits() {
        List<Subject> slow = IntStream.range(0, 2)
                .mapToObj(i -> new Subject("slow-" + i, "mail", "slow" + i, "slow" + i + ".com"))
                .toList();
        slow.forEach(subject -> dns.isSilent(subject.domain(), "DS"));
        start();
        slow.forEach(observer::of);
        await().until(() -> dns.asked().contains("DS slow0.com") && dns.asked().contains("DS slow1.com"));
        IntStream.range(0, 10).forEach(i -> {
            observer.forget(SHOP.uid());
            observer.of(SHOP);
        });

        seen(SHOP);

        assertThat(dns.asked().stream().filter("MX example.com"::equals)).hasSize(1);
    }

    /** Each of its questions takes a time-out; ten domains of one namespace would take minutes. */
    @Test
    void aNamespaceWhoseNameServersAreSilentDoesNotHoldUpAnother() {
        dns.isSilent("*", "*").says("example.com", "MX", "10 route1.mx.cloudflare.net.");
        IntStream.range(0, 10).forEach(i -> dns.isSilent("slow" + i + ".com", "DS")
                .isSilent("slow" + i + ".com", "MX")
                .isSilent("slow" + i + ".com", "TXT"));
        dns.says("example.com", "TXT", "\"v=spf1 -all\"")
                .fails("example.com", "DS", "NOERROR")
                .fails("_dmarc.example.com", "TXT", "NXDOMAIN");
        start();
        IntStream.range(0, 10)
                .forEach(i -> observer.of(new Subject("slow-" + i, "slow", "slow" + i, "slow" + i + ".com")));

        observer.of(SHOP);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(told).contains(SHOP));
        assertThat(looks.get()).isLessThan(10);
    }

    /** So many looks later, as the answers' own time allows them. */
    private void pass(int more) {
        for (int i = 0; i < more; i++) {
            int before = looks.get();
            clock.passes(Duration.ofMinutes(10));
            await().untilAsserted(() -> assertThat(looks).hasValueGreaterThan(before));
        }
    }
}
