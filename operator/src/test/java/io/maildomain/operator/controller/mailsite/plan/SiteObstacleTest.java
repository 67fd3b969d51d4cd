package io.maildomain.operator.controller.mailsite.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ReasonPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read where a site's deployment does not go on. */
class SiteObstacleTest {

    private static final Path FAILURES = Path.of("..", "docs", "contributing", "deploy-failures.md");

    static List<SiteObstacle> all() {
        return List.of(
                new SiteObstacle.NotGranted("pages", "mail-web"),
                new SiteObstacle.NoProject("mail-web"),
                new SiteObstacle.DomainTaken("web.example.com", "the Worker x"),
                new SiteObstacle.VariableIsSecret("mail-web", "API"),
                new SiteObstacle.DomainElsewhere("web.example.com"),
                new SiteObstacle.UnderWay("d1"),
                new SiteObstacle.Failed("mail-web", "d1"),
                new SiteObstacle.NotTaken("no manifest"),
                new SiteObstacle.OthersDeployed("mail-web", "d2"),
                new SiteObstacle.ProjectDeleted("mail-web"),
                new SiteObstacle.DomainsPending("mail-web", Map.of("web.example.com", "pending")));
    }

    @Test
    void noneIsLeftOutHere() {
        assertThat(all().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(SiteObstacle.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachReasonIsInTheTableOfFailuresAndStandsWhereItsPageSays(SiteObstacle obstacle) throws IOException {
        assertThat(Files.readString(FAILURES)).contains("`" + obstacle.reason().name() + "`");
        Stream<ReasonPlace> places =
                obstacle.reason().places().stream().filter(place -> place.kind().equals("MailSite"));
        assertThat(places.map(ReasonPlace::where)).contains(obstacle.at().value());
    }

    @Test
    void aHostNameThatDoesNotServeIsSaidWithTheRecordThatItNeeds() {
        assertThat(new SiteObstacle.DomainsPending(
                                "mail-web", Map.of("b.example.com", "pending", "a.example.com", "blocked"))
                        .sentence())
                .isEqualTo(
                        "Pages does not serve all hostnames yet (a.example.com is blocked, b.example.com is pending): each"
                                + " needs a DNS record CNAME to mail-web.pages.dev, and a while for its certificate");
    }

    @Test
    void aDeploymentThatOthersDeletedIsNotSaidToServe() {
        assertThat(new SiteObstacle.OthersDeployed("mail-web", "").sentence())
                .startsWith("others deleted the deployment of mail-web, and it stays so");
    }
}
