package io.maildomain.operator.cloudflare.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Granted;
import io.maildomain.operator.cloudflare.ratelimit.Place.InLine;
import io.maildomain.operator.cloudflare.ratelimit.Place.Served;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of the queue: resources come when they are told, take turns, and come back. */
class AdmissionProperties {
    private static final Duration WINDOW = Duration.ofSeconds(300);
    private static final int REQUESTS = 400;
    private static final int ALLOWED = 320;

    /** Resources that come when they were told, on a clock of their own. */
    private static final class Crowd {
        private final ManualTicker ticker = new ManualTicker();
        private final Duration begin = ticker.elapsed();
        private final TokenLimits limits = new TokenLimits(
                new LimitSettings(REQUESTS, WINDOW, 20, Duration.ofSeconds(10), Duration.ofSeconds(60)), ticker);
        private final PriorityQueue<Visit> visits = new PriorityQueue<>(Comparator.comparing(Visit::at)
                .thenComparing(visit -> visit.who().uid()));
        private final Map<String, Integer> turns = new HashMap<>();
        private final Map<String, Duration> firstServed = new HashMap<>();
        private final List<Duration> sent = new ArrayList<>();

        private record Visit(Duration at, Applicant who, int takes, Duration pause) {}

        /** @param pause between its turns; negative: it comes once */
        void comes(Duration at, Applicant who, int takes, Duration pause) {
            visits.add(new Visit(at, who, takes, pause));
        }

        void until(Duration end) {
            while (!visits.isEmpty() && visits.peek().at().compareTo(end) <= 0) {
                visit(visits.poll());
            }
        }

        private void visit(Visit visit) {
            ticker.pass(visit.at().minus(now()));
            Place place = limits.enter(visit.who());
            if (place instanceof InLine line) {
                assertThat(line.pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
                comes(visit.at().plus(line.pause()), visit.who(), visit.takes(), visit.pause());
                return;
            }
            Allowance turn = ((Served) place).allowance();
            int took = 0;
            while (took < visit.takes() && limits.admit(turn) instanceof Granted) {
                sent.add(now());
                took++;
            }
            assertThat(took)
                    .as("what was asked for is there")
                    .isGreaterThanOrEqualTo(Math.min(visit.takes(), visit.who().calls()));
            limits.leave(turn);
            turns.merge(visit.who().uid(), 1, Integer::sum);
            firstServed.putIfAbsent(visit.who().uid(), now());
            if (!visit.pause().isNegative()) {
                comes(visit.at().plus(visit.pause()), visit.who(), visit.takes(), visit.pause());
            }
        }

        private Duration now() {
            return ticker.elapsed().minus(begin);
        }

        int turnsOf(String uid) {
            return turns.getOrDefault(uid, 0);
        }
    }

    private static final Duration ONCE = Duration.ofSeconds(-1);
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private static Applicant applicant(String uid, String namespace, ServiceClass serviceClass, int calls) {
        return new Applicant(uid, namespace, serviceClass, calls);
    }

    @Property(tries = 60)
    void noWindowHoldsMoreThanIsAllowedAndAllAreServed(
            @ForAll @Size(min = 1, max = 80) List<@IntRange(max = 1_000_000) Integer> seeds) {
        Crowd crowd = new Crowd();
        for (int i = 0; i < seeds.size(); i++) {
            int seed = seeds.get(i);
            ServiceClass of = ServiceClass.values()[seed % 4];
            crowd.comes(
                    Duration.ofMillis(seed % 60_000),
                    applicant("r" + i, "n" + seed % 5, of, 1 + seed % 12),
                    1 + seed % 23,
                    ONCE);
        }
        crowd.until(Duration.ofHours(2));

        assertThat(crowd.turns).as("everybody was served").hasSize(seeds.size());
        assertThat(crowd.limits.group().waiting()).isEmpty();
        ArrayDeque<Duration> inWindow = new ArrayDeque<>();
        for (Duration at : crowd.sent) {
            inWindow.addLast(at);
            while (inWindow.peekFirst().compareTo(at.minus(WINDOW)) <= 0) {
                inWindow.removeFirst();
            }
            assertThat(inWindow).hasSizeLessThanOrEqualTo(ALLOWED);
        }
    }

    @Property(tries = 30)
    void aLateNamespaceIsServedAfterOneTurnOfEachOther(
            @ForAll @IntRange(min = 1, max = 8) int others, @ForAll @IntRange(min = 1, max = 30) int resourcesOfEach) {
        Crowd crowd = new Crowd();
        for (int n = 0; n < others; n++) {
            for (int r = 0; r < resourcesOfEach; r++) {
                crowd.comes(Duration.ZERO, applicant("n" + n + "r" + r, "n" + n, ServiceClass.WAITING, 4), 4, AT_ONCE);
            }
        }
        Duration late = Duration.ofMinutes(10);
        crowd.comes(late, applicant("late", "late", ServiceClass.WAITING, 4), 4, ONCE);
        crowd.until(Duration.ofMinutes(20));

        double refillPerSecond = (ALLOWED - ALLOWED / 4 - ALLOWED / 20) / 300.0;
        double turnsBefore = others + 2;
        // Each is told a time of at least a second, and comes then.
        assertThat(crowd.firstServed.get("late").minus(late))
                .isLessThanOrEqualTo(Duration.ofMillis((long) (1000 * (turnsBefore * 4 / refillPerSecond + 4))));
    }

    @Property(tries = 20)
    void aNamespaceThatTakesMoreWithEachTurnGetsFewerOfThem(@ForAll @IntRange(min = 8, max = 40) int greedy) {
        Crowd crowd = new Crowd();
        crowd.comes(Duration.ZERO, applicant("greedy", "greedy", ServiceClass.CHANGE, 4), greedy, AT_ONCE);
        for (int r = 0; r < 10; r++) {
            crowd.comes(Duration.ZERO, applicant("modest" + r, "modest", ServiceClass.CHANGE, 4), 4, AT_ONCE);
        }
        crowd.until(Duration.ofHours(1));

        int modest = 0;
        for (int r = 0; r < 10; r++) {
            modest += crowd.turnsOf("modest" + r);
        }
        int callsOfGreedy = crowd.turnsOf("greedy") * greedy;
        assertThat(modest * 4).isGreaterThan(callsOfGreedy / 2);
    }

    @Property(tries = 20)
    void noClassWaitsForEverThoughChangesNeverEnd(@ForAll @IntRange(min = 4, max = 30) int changers) {
        Crowd crowd = new Crowd();
        for (int c = 0; c < changers; c++) {
            crowd.comes(Duration.ZERO, applicant("change" + c, "n" + c, ServiceClass.CHANGE, 4), 4, AT_ONCE);
        }
        Duration begin = Duration.ofMinutes(10);
        crowd.comes(begin, applicant("first", "fresh", ServiceClass.FIRST_SIGHT, 8), 8, ONCE);
        crowd.comes(begin, applicant("waiting", "fresh", ServiceClass.WAITING, 4), 4, ONCE);
        crowd.comes(begin, applicant("check", "fresh", ServiceClass.CHECK, 4), 4, ONCE);
        crowd.until(Duration.ofHours(1));

        assertThat(crowd.turns).containsKeys("first", "waiting", "check");
        assertThat(crowd.firstServed.get("first")).isLessThan(begin.plusMinutes(2));
    }

    /** Each of them comes once, and its class's clock stands still. */
    @Example
    void namespacesThatComeAndGoFillNoMemory() {
        AdmissionQueue queue = new AdmissionQueue();
        for (int n = 0; n < 3 * AdmissionQueue.MOST_LANES; n++) {
            queue.served(applicant("r" + n, "n" + n, ServiceClass.CHANGE, 4));
        }
        assertThat(queue.lanes()).isLessThanOrEqualTo(AdmissionQueue.MOST_LANES);
    }

    @Property(tries = 20)
    void whatIsRememberedOfNamespacesEndsWithTheirTurns(@ForAll @IntRange(min = 10, max = 200) int namespaces) {
        AdmissionQueue queue = new AdmissionQueue();
        for (int n = 0; n < namespaces; n++) {
            queue.waits(applicant("r" + n, "n" + n, ServiceClass.CHECK, 4), Duration.ZERO, Duration.ZERO);
        }
        for (int n = 0; n < namespaces; n++) {
            queue.served(applicant("r" + n, "n" + n, ServiceClass.CHECK, 4));
        }
        for (int n = 0; n < 3; n++) {
            queue.served(applicant("last", "last", ServiceClass.CHECK, 4));
        }

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.lanes()).isLessThanOrEqualTo(1);
    }
}
