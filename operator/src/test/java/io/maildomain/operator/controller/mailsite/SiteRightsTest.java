package io.maildomain.operator.controller.mailsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.credentials.Surface;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The right that a site needs is taken away: exactly that one is named, and once it is given back all is well. */
class SiteRightsTest {

    private static final String MESSAGE =
            "the deploy token (key CLOUDFLARE_API_TOKEN of Secret mail-system/tokens) may not read a Pages project:"
                    + " add Account: Cloudflare Pages: Edit, and check that the token's scope covers account"
                    + " 0123456789abcdef0123456789abcdef (HTTP 403, code 10000)";

    private final SiteScenario scenario = new SiteScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void without(Permission... missing) {
        scenario.rights(Permission.of(Surface.DEPLOY).stream()
                .filter(right -> !List.of(missing).contains(right))
                .map(Permission::describe)
                .toArray(String[]::new));
    }

    private MailSite site() {
        scenario.files("index.html", "");
        return scenario.site("web", "'createProject':true");
    }

    @Test
    void itsRightIsNamedWhereItIsMissingFromTheStartAndHeals() {
        without(Permission.CLOUDFLARE_PAGES);
        MailSite site = site();

        scenario.settle(site);
        namesOnlyTheRightOfPages(site);
        assertThat(scenario.writes()).isEmpty();

        without();
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void itsRightIsNamedWhereItIsTakenAwayLaterAndHeals() {
        without();
        MailSite site = site();
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        scenario.forgetCalls();

        without(Permission.CLOUDFLARE_PAGES);
        scenario.settle(site);
        namesOnlyTheRightOfPages(site);

        without();
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void itNeedsNoOther() {
        without(Stream.of(Permission.values())
                .filter(right -> right != Permission.CLOUDFLARE_PAGES)
                .toArray(Permission[]::new));
        MailSite site = site();

        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    private void namesOnlyTheRightOfPages(MailSite site) {
        List<Condition> conditions = scenario.live(site).getStatus().conditions();
        assertThat(conditions)
                .filteredOn(condition -> condition.status().equals("False"))
                .allSatisfy(condition -> {
                    assertThat(condition.reason()).isEqualTo("PermissionMissing");
                    assertThat(condition.message()).isEqualTo(MESSAGE);
                })
                .extracting(Condition::type)
                .containsExactlyInAnyOrder("Ready", "TargetsReady");
        assertThat(Arrays.stream(Permission.values())
                        .filter(known -> conditions.toString().contains(known.describe())))
                .containsExactly(Permission.CLOUDFLARE_PAGES);
    }
}
