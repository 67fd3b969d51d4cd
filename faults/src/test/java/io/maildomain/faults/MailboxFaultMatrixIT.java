package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every call to Cloudflare that a life of two teams' Mailboxes makes is hit by everything that can happen to it. Each case is a test. */
class MailboxFaultMatrixIT {

    private static final int PLACES = Integer.getInteger("faults.places.of.mailboxes", 4);
    private static final CaseSuite SUITE = new CaseSuite();

    /** Led once for the whole class. */
    private static List<CleanRun> clean;

    private final KubeApi api = KubeApi.shared();
    private final JsonNode world = InitialState.state(List.of(new Names("")), Kinds.ATTACHED);

    /** The namespace of the MailDomain, and another team's. */
    private record Teams(Sandbox place, Sandbox neighbour) implements Closeable {

        @Override
        public void close() {
            neighbour.close();
            place.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCallForMailboxesMeetsEveryFault() {
        WorkerPool<Teams> places = SUITE.closing(new WorkerPool<>(PLACES, this::teams));
        List<CleanRun> runs = clean();
        return SUITE.tests(SUITE.faults(runs), 100, some -> SUITE.lead(some, places, runs, this::life));
    }

    /** What all cases are compared with must itself be right. */
    @TestFactory
    Stream<DynamicTest> theCleanLife() {
        List<CleanRun> runs = clean();
        return Stream.of(
                DynamicTest.dynamicTest("leaves everything as it was", () -> {
                    StateSnapshot before = StateSnapshot.of(world, world, List.of(), List.of());
                    assertThat(before.differences(
                                    CaseSuite.run(runs, Phase.RETIRE).end()))
                            .isEmpty();
                }),
                DynamicTest.dynamicTest("touches nothing that is another user's", () -> assertThat(runs)
                        .flatExtracting(run -> run.end().lines())
                        .noneMatch(StateSnapshot::isTouch)),
                DynamicTest.dynamicTest("an address has one rule, and the older Mailbox has it", () -> {
                    assertThat(rules(Phase.CHANGE, "ours@"))
                            .singleElement()
                            .asString()
                            .contains("postmaster@corp.example");
                    assertThat(rules(Phase.CHANGE, "theirs@"))
                            .singleElement()
                            .asString()
                            .contains("nothing to do with us");
                }),
                DynamicTest.dynamicTest("what expired has no rule", () -> {
                    assertThat(rules(Phase.CHANGE, "team@settled")).hasSize(1);
                    assertThat(rules(Phase.EXPIRE, "team@settled")).isEmpty();
                }),
                DynamicTest.dynamicTest("once one team's Mailboxes are gone the other team has the address", () -> {
                    assertThat(rules(Phase.PRUNE, "more@")).isEmpty();
                    assertThat(rules(Phase.PRUNE, "ours@"))
                            .singleElement()
                            .asString()
                            .contains("mailbox-worker");
                }));
    }

    private List<String> rules(Phase phase, String address) {
        return CaseSuite.run(clean(), phase).end().lines().stream()
                .filter(line -> line.startsWith("settled.example rule ") && line.contains("\"" + address))
                .toList();
    }

    private Teams teams() {
        Sandbox place = Sandbox.open(api, Kinds.ATTACHED);
        Account account = Account.attaching(place, place.namespace());
        account.apply(api.client());
        SUITE.closing((Closeable) () -> account.remove(api.client()));
        return new Teams(place, place.neighbour(api));
    }

    private List<CleanRun> clean() {
        if (clean == null) {
            try (Teams teams = teams();
                    Scenario life = life(teams, FaultKind.PATIENT)) {
                clean = CaseSuite.clean(life, Phase.ATTACHES);
                clean.forEach(run -> System.err.printf(
                        "%s: %d calls%n", run.phase(), run.calls().size()));
            }
        }
        return clean;
    }

    private Scenario life(Teams teams, Duration callTimeout) {
        List<Sandbox> both = List.of(teams.place(), teams.neighbour());
        List<String> flags = Pace.attaching(
                teams.place().namespace() + "," + teams.neighbour().namespace(), callTimeout);
        Operators operators = new Operators(() -> EmbeddedOperator.start(api.config(), teams.place(), flags));
        return new Scenario(both, world, operators, null, HandOverRecords.none());
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
