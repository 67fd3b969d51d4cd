package io.maildomain.operator.controller.mailsite.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A site's deployment, one sentence each; and what holds for every spec, every project and every crash. */
class SitePlanTest {

    private static final OwnerMark MARK = new OwnerMark("us");
    private static final String HOST = "web.example.com";

    @Example
    void aProjectIsCreatedWhereTheSpecSaysSoAndGoesWithIt() {
        ModelProject project = new ModelProject();
        SiteIntent intent = intent("sha256:one", true);

        assertThat(project.run(intent)).isEqualTo(new SiteDecision.Done("d1"));
        assertThat(project.stepNames())
                .containsExactly("CreateProject", "SetVariables", "Deploy", "NoteDeployed", "AddDomain");

        project.cleanUp(DeletionPolicy.Delete, intent);
        assertThat(project.isThere()).isFalse();
    }

    @Example
    void aProjectThatIsNotThereIsSaidWhereItIsNotToBeCreated() {
        ModelProject project = new ModelProject().elsewhere(HOST);

        assertThat(project.run(intent("sha256:one", false)))
                .isEqualTo(new SiteDecision.Refused(List.of(
                        new SiteObstacle.NoProject("mail-web"), new SiteObstacle.DomainTaken(HOST, "others-worker"))));
        assertThat(project.writes()).isEmpty();
    }

    @Example
    void whatIsNotGrantedIsSaidBeforeWhatIsThere() {
        ModelProject project = new ModelProject()
                .granted(new DeployGrants(
                        List.of(), List.of(), List.of(), List.of("mail-*"), List.of("api.example.com"), List.of()));

        assertThat(project.run(intent("sha256:one", false)))
                .isEqualTo(new SiteDecision.Refused(List.of(new SiteObstacle.NotGranted("hostnames", HOST))));
    }

    @Example
    void aProjectOfOthersIsDeployedToAndNeverDeleted() {
        ModelProject project = new ModelProject().wranglerDeploys().domain("theirs.example.com");
        SiteIntent intent = intent("sha256:one", true);

        assertThat(project.run(intent)).isEqualTo(new SiteDecision.Done("d2"));
        project.cleanUp(DeletionPolicy.Delete, intent);

        assertThat(project.isThere()).isTrue();
        assertThat(project.domains()).containsExactly("theirs.example.com");
    }

    @Example
    void whatWranglerDeployedSinceStandsUntilTheSourceChanges() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:one", true));
        project.wranglerDeploys();

        assertThat(project.run(intent("sha256:one", true))).isEqualTo(drifted("d2"));
        assertThat(project.writes()).isEmpty();
        assertThat(project.run(intent("sha256:two", true))).isEqualTo(new SiteDecision.Done("d3"));
        assertThat(project.run(intent("sha256:one", true))).isEqualTo(new SiteDecision.Done("d4"));
    }

    @Example
    void aDeploymentThatCloudflareCannotFinishIsNotRepeated() {
        ModelProject project = new ModelProject();

        assertThat(project.run(intent("sha256:bad", true)))
                .isEqualTo(new SiteDecision.Stopped(new SiteObstacle.Failed("mail-web", "d1")));
        assertThat(project.domains()).isEmpty();
        project.run(intent("sha256:bad", true));
        assertThat(project.writes()).isEmpty();
    }

    @Example
    void whatFailedIsTriedOnceMoreForEachRequest() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:bad", true, "old"));
        assertThat(project.run(intent("sha256:bad", true, "old"))).isInstanceOf(SiteDecision.Stopped.class);
        assertThat(project.writes()).isEmpty();

        assertThat(project.run(intent("sha256:bad", true, "new")))
                .isEqualTo(new SiteDecision.Stopped(new SiteObstacle.Failed("mail-web", "d2")));
        project.run(intent("sha256:bad", true, "new"));
        assertThat(project.writes()).isEmpty();
    }

    @Example
    void aRequestToLookDeploysNothingThatServes() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:one", true, ""));

        assertThat(project.run(intent("sha256:one", true, "look"))).isEqualTo(new SiteDecision.Done("d1"));
        assertThat(project.writes()).isEmpty();
        project.wranglerDeploys();
        assertThat(project.run(intent("sha256:one", true, "again"))).isEqualTo(drifted("d2"));
    }

    @Example
    void anEarlierDeploymentThatPeopleWentBackToStands() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:one", true));
        project.run(intent("sha256:two", true));

        assertThat(project.goesBackTo("d1").run(intent("sha256:two", true))).isEqualTo(drifted("d1"));
        assertThat(project.goesBackTo("d2").run(intent("sha256:two", true))).isEqualTo(new SiteDecision.Done("d2"));
    }

    @Example
    void oursServesAgainWherePeopleWentBackFromTheirs() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:one", true));

        assertThat(project.wranglerDeploys().goesBackTo("d1").run(intent("sha256:one", true)))
                .isEqualTo(new SiteDecision.Done("d1"));
    }

    @Example
    void aHostNameThatDoesNotServeYetIsWaitedFor() {
        ModelProject project = new ModelProject().pending(HOST).pending("theirs.example.com");

        assertThat(project.run(intent("sha256:one", true)))
                .isEqualTo(new SiteDecision.Wait(new SiteObstacle.DomainsPending("mail-web", Map.of(HOST, "pending"))));
    }

    @Example
    void aProjectToWhichOthersDeployedIsNotDeletedAlsoOnceTheirsIsNotListedAnyMore() {
        ModelProject project = new ModelProject();
        SiteIntent intent = intent("sha256:one", true);
        project.run(intent);
        project.wranglerDeploys();
        project.run(intent);
        project.forgetsTheirs();

        assertThat(project.cleanUp(DeletionPolicy.Delete, intent)).isEqualTo(new SiteCleanup.Done(true));
        assertThat(project.isThere()).isTrue();
    }

    @Example
    void aProjectToWhichOthersLedAHostNameIsNotDeleted() {
        ModelProject project = new ModelProject();
        SiteIntent intent = intent("sha256:one", true);
        project.run(intent);
        project.domain("theirs.example.com");

        assertThat(project.cleanUp(DeletionPolicy.Delete, intent)).isEqualTo(new SiteCleanup.Done(true));
        assertThat(project.domains()).containsExactly("theirs.example.com");
    }

    @Example
    void aProjectThatOthersDeletedIsNotCreatedAgainUntilTheSourceChanges() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:one", true));

        assertThat(project.othersDelete().run(intent("sha256:one", true)))
                .isEqualTo(new SiteDecision.Drifted(new SiteObstacle.ProjectDeleted("mail-web")));
        assertThat(project.isThere()).isFalse();
        assertThat(project.run(intent("sha256:two", true))).isEqualTo(new SiteDecision.Done("d1"));
        assertThat(project.domains()).containsExactly(HOST);
    }

    @Example
    void hostNamesThatGoDoSoBeforeOthersCome() {
        ModelProject project = new ModelProject();
        project.run(intent("sha256:one", true));

        project.run(new SiteIntent(
                "mail-web",
                "mail/web",
                MARK,
                "sha256:one",
                "main",
                true,
                List.of("new.example.com"),
                Map.of("API", "/api"),
                ""));

        assertThat(project.stepNames()).containsExactly("RemoveDomain", "AddDomain");
    }

    @Example
    void aSecretOfOthersIsNotReplacedByAVariable() {
        ModelProject project = new ModelProject().wranglerDeploys().secret("API");

        assertThat(project.run(intent("sha256:one", true)))
                .isEqualTo(new SiteDecision.Refused(List.of(new SiteObstacle.VariableIsSecret("mail-web", "API"))));
        assertThat(project.writes()).isEmpty();
    }

    @Example
    void aVariableOfOthersThatHasTheValueAlreadyStaysTheirs() {
        ModelProject project = new ModelProject().wranglerDeploys().variable("API", "/api");
        project.run(intent("sha256:one", true));

        project.run(new SiteIntent("mail-web", "mail/web", MARK, "sha256:two", "main", true, List.of(), Map.of(), ""));

        assertThat(project.variables()).isEqualTo(Map.of("API", "/api"));
    }

    @Example
    void variablesThatTheSpecLeavesOutGoIfTheyAreOurs() {
        ModelProject project = new ModelProject().wranglerDeploys().variable("THEIRS", "1");
        project.run(intent("sha256:one", true));

        project.run(new SiteIntent(
                "mail-web", "mail/web", MARK, "sha256:two", "main", true, List.of(), Map.of("OTHER", ""), ""));

        assertThat(project.variables()).isEqualTo(Map.of("THEIRS", "1", "OTHER", ""));
        assertThat(project.domains()).isEmpty();
    }

    @Property(tries = 500)
    void crashesAnywhereLeadToTheSameEndAndASecondRunWritesNothing(
            @ForAll("projects") ModelProject start,
            @ForAll("histories") List<SiteIntent> intents,
            @ForAll("moments") Set<Integer> crashes) {
        ModelProject undisturbed = start.copy();
        ModelProject dying = start.copy().crashingAt(crashes);

        for (SiteIntent intent : intents) {
            SiteDecision expected = undisturbed.run(intent);

            assertThat(dying.run(intent)).isEqualTo(expected);
            assertThat(dying.picture()).isEqualTo(undisturbed.picture());
            assertThat(dying.ledger()).isEqualTo(undisturbed.ledger());
            assertThat(undisturbed.run(intent)).isEqualTo(expected);
            assertThat(undisturbed.writes()).isEmpty();
        }
    }

    @Property(tries = 500)
    void undoingLeavesWhatWasThereBefore(
            @ForAll("projects") ModelProject start, @ForAll("histories") List<SiteIntent> intents) {
        ModelProject project = start.copy();
        intents.forEach(project::run);

        project.cleanUp(DeletionPolicy.Delete, intents.get(0));

        assertThat(project.isThere()).isEqualTo(start.isThere());
        assertThat(project.domains()).isEqualTo(start.domains());
    }

    @Property(tries = 300)
    void nothingIsWrittenBeforeARefusal(
            @ForAll("projects") ModelProject start, @ForAll("histories") List<SiteIntent> intents) {
        ModelProject project = start.copy();
        for (SiteIntent intent : intents) {
            if (project.run(intent) instanceof SiteDecision.Refused) {
                assertThat(project.writes()).isEmpty();
            }
        }
    }

    private static SiteDecision drifted(String deployment) {
        return new SiteDecision.Drifted(new SiteObstacle.OthersDeployed("mail-web", deployment));
    }

    /** What mode Observe foretells is what mode Manage does. */
    @Property(tries = 1_000)
    void whatIsForetoldIsWhatIsDone(
            @ForAll("projects") ModelProject project, @ForAll("histories") List<SiteIntent> intents) {
        for (SiteIntent intent : intents) {
            SiteForecast foretold =
                    SiteForecast.of(intent, project.observe(), project.ledger(), DeployGrants.everything());
            SiteDecision end = project.run(intent);

            if (end instanceof SiteDecision.Stopped) {
                assertThat(foretold.describe())
                        .as("as far as Cloudflare gets")
                        .startsWith(project.writes().stream()
                                .map(SiteStep::describe)
                                .toArray(String[]::new));
            } else {
                assertThat(foretold.changes()).isEqualTo(project.writes());
                assertThat(foretold.end()).hasSameClassAs(end);
            }
            assertThat(SiteForecast.of(intent, project.observe(), project.ledger(), DeployGrants.everything()))
                    .as("afterwards")
                    .isEqualTo(new SiteForecast(List.of(), end));
        }
    }

    @Example
    void aForecastIsWords() {
        SiteForecast forecast = SiteForecast.of(
                intent("sha256:one", true),
                new ModelProject().observe(),
                SiteLedger.NOTHING,
                DeployGrants.everything());

        assertThat(forecast.describe())
                .containsExactly(
                        "create the project, with main as its production branch",
                        "set the variable API",
                        "deploy the files, which then serve",
                        "lead " + HOST + " to it");
        assertThat(new SiteStep.SetVariables(Map.of("B", "1", "A", "2"), Set.of("C")).describe())
                .isEqualTo("set the variables A, B and remove the variable C");
    }

    private static SiteIntent intent(String digest, boolean create) {
        return intent(digest, create, "");
    }

    private static SiteIntent intent(String digest, boolean create, String request) {
        return new SiteIntent(
                "mail-web", "mail/web", MARK, digest, "main", create, List.of(HOST), Map.of("API", "/api"), request);
    }

    @Provide
    Arbitrary<ModelProject> projects() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)))
                .as((there, domain, elsewhere) -> {
                    ModelProject project = new ModelProject();
                    if (there) {
                        project.wranglerDeploys().variable("THEIRS", "1");
                    }
                    if (there && domain) {
                        project.domain(HOST);
                    }
                    return elsewhere ? project.elsewhere("new.example.com") : project;
                });
    }

    @Provide
    Arbitrary<List<SiteIntent>> histories() {
        return Combinators.combine(
                        Arbitraries.of("sha256:one", "sha256:two", "sha256:bad"),
                        Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
                        Arbitraries.of(HOST, "new.example.com").set(),
                        Arbitraries.of(Map.<String, String>of(), Map.of("API", "/api"), Map.of("API", "", "B", "2")))
                .as((digest, create, hosts, variables) -> new SiteIntent(
                        "mail-web", "mail/web", MARK, digest, "main", create, List.copyOf(hosts), variables, ""))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Set<Integer>> moments() {
        return Arbitraries.integers().between(0, 40).set().ofMaxSize(10);
    }
}
