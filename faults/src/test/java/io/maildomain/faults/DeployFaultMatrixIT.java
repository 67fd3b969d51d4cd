package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A Worker and a site are deployed, get a later version, are meddled with and go; every call to Cloudflare that this makes is hit by everything that can
 * happen to it. Each case is a test.
 */
class DeployFaultMatrixIT {

    private static final int PLACES = Integer.getInteger("faults.places.of.deploys", 4);
    private static final CaseSuite SUITE = new CaseSuite();

    /** Led once for the whole class. */
    private static List<CleanRun> clean;

    private final KubeApi api = KubeApi.shared();
    private final JsonNode world = InitialState.state(List.of(new Names("")), Kinds.DEPLOYED);

    @TestFactory
    Stream<DynamicTest> everyCallOfADeploymentMeetsEveryFault() {
        WorkerPool<Sandbox> places = SUITE.closing(new WorkerPool<>(PLACES, this::place));
        List<CleanRun> runs = clean();
        return SUITE.tests(SUITE.faults(runs), 300, some -> SUITE.lead(some, places, runs, this::life));
    }

    /** What all cases are compared with must itself be right. */
    @TestFactory
    Stream<DynamicTest> theCleanDeployment() {
        List<CleanRun> runs = clean();
        return Stream.of(
                DynamicTest.dynamicTest("leaves what is another user's as it was, and the Worker's data", () -> {
                    assertThat(foreign(CaseSuite.run(runs, Phase.RETIRE)))
                            .isEqualTo(foreign(CaseSuite.run(runs, Phase.DEPLOY)))
                            .hasSizeGreaterThan(10);
                    assertThat(CaseSuite.run(runs, Phase.RETIRE).end().lines())
                            .filteredOn(line -> line.contains("life-worker") || line.contains("life-site"))
                            .isEmpty();
                    assertThat(CaseSuite.run(runs, Phase.RETIRE).end().lines())
                            .contains(
                                    "deployed: row of life-db people [\"Ada\"]",
                                    "deployed: row of life-db mails [\"team@corp.example\",\"welcome\"]");
                }),
                DynamicTest.dynamicTest("touches nothing that is another user's", () -> assertThat(runs)
                        .flatExtracting(run -> run.end().lines())
                        .noneMatch(StateSnapshot::isTouch)),
                DynamicTest.dynamicTest("applies each migration once", () -> assertThat(
                                CaseSuite.run(runs, Phase.RELEASE).end().lines())
                        .filteredOn(line -> line.startsWith("deployed: row of life-db d1_migrations"))
                        .hasSize(3)),
                DynamicTest.dynamicTest("serves the versions that were meant, one after the other", () -> assertThat(
                                CaseSuite.run(runs, Phase.MEDDLE).end().lines())
                        .filteredOn(line -> line.startsWith("deployed: deployment"))
                        .filteredOn(line -> line.contains(" of life-worker "))
                        .hasSize(5)),
                DynamicTest.dynamicTest("deploys the site twice, and leads its custom domain there again", () -> {
                    List<String> site = CaseSuite.run(runs, Phase.MEDDLE).end().lines().stream()
                            .filter(line -> line.startsWith("deployed: ") && line.contains("life-site"))
                            .toList();
                    assertThat(site)
                            .filteredOn(line -> line.startsWith("deployed: deployment"))
                            .hasSize(2);
                    assertThat(site)
                            .filteredOn(line -> line.startsWith("deployed: project"))
                            .singleElement()
                            .asString()
                            .contains("\"domains\":[\"web.settled.example\"]", "\"WHICH\"");
                }));
    }

    private static List<String> foreign(CleanRun run) {
        return run.end().lines().stream()
                .filter(line -> line.startsWith("deployed: ") && !line.contains(DeployLife.WORKER))
                .filter(line -> Stream.of("life-others", "life-books", "life-box", "life-bucket", "life-pages")
                        .anyMatch(line::contains))
                .toList();
    }

    private Sandbox place() {
        Sandbox place = Sandbox.open(api, Kinds.DEPLOYED);
        Account account = Account.deploying(place, place.namespace());
        account.apply(api.client());
        SUITE.closing((Closeable) () -> account.remove(api.client()));
        return place;
    }

    private List<CleanRun> clean() {
        if (clean == null) {
            try (Sandbox place = place();
                    Scenario life = life(place, FaultKind.PATIENT)) {
                clean = CaseSuite.clean(life, Phase.DEPLOYS);
                clean.forEach(run -> System.err.printf(
                        "%s: %d calls%n", run.phase(), run.calls().size()));
            }
        }
        return clean;
    }

    private Scenario life(Sandbox place, Duration callTimeout) {
        List<String> flags = new ArrayList<>(Pace.deploying(place.namespace(), callTimeout, place.hosts()));
        return new Scenario(place, world, new Operators(() -> EmbeddedOperator.start(api.config(), place, flags)));
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
