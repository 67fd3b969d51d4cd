package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.NEW;
import static io.maildomain.operator.fixture.ScenarioDsl.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.ScenarioDsl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undoing with the last token that worked: what it may be used for is what is granted now. */
class EarlierTokenTest {

    private ScenarioDsl scenario;

    @BeforeEach
    void start() {
        scenario = new ScenarioDsl().usual();
        scenario.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void theSecretHoldsATypo() {
        scenario.env()
                .secrets()
                .holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", "mistyped-mistyped-mistyped-mistyped-00000");
        scenario.settle();
    }

    private void grants(String access) {
        scenario.account("default", "tokens", scenario.env().simulator().accountId(), access);
    }

    @Test
    void aDeletionEndsThoughGrantsHaveChangedSinceTheTokenWorked() {
        MailDomain domain = scenario.domain("example", TEAM);
        scenario.settle();
        theSecretHoldsATypo();
        grants("[{'namespaces':{},'domains':['*'],'forwardTo':['*','new@corp.example']}]");
        scenario.settle();

        scenario.delete(domain);
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).isEmpty();
    }

    @Test
    void aZoneIsNotDeletedOnTheStrengthOfAGrantThatWasTakenBack() {
        MailDomain domain = scenario.domain("new", NEW);
        scenario.settle();
        scenario.controls().activate("new.example");
        scenario.settle();
        scenario.env().secrets().remove("mail-system", "tokens");
        grants("[{'namespaces':{},'domains':['*'],'forwardTo':['*']}]");

        scenario.delete(domain);
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.controls().zone("new.example")).isPresent();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void nothingIsUndoneInADomainThatIsNotGrantedAnyMore() {
        MailDomain domain = scenario.domain("example", TEAM);
        scenario.settle();
        scenario.env().secrets().remove("mail-system", "tokens");
        grants("[{'namespaces':{},'domains':['other.example']}]");

        scenario.delete(domain);
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).hasSize(1);
    }
}
