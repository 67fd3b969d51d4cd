package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.NEW;
import static io.maildomain.operator.edges.World.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undoing with the last token that worked: what it may be used for is what is granted now. */
class EarlierTokenTest {

    private World world;

    @BeforeEach
    void start() {
        world = new World().usual();
        world.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void theSecretHoldsATypo() {
        world.secrets.holding(
                "mail-system", "tokens", "CLOUDFLARE_API_TOKEN", "mistyped-mistyped-mistyped-mistyped-00000");
        world.settle();
    }

    private void grants(String access) {
        world.account("default", "tokens", world.simulator.accountId(), access);
    }

    @Test
    void aDeletionEndsThoughGrantsHaveChangedSinceTheTokenWorked() {
        MailDomain domain = world.domain("example", TEAM);
        world.settle();
        theSecretHoldsATypo();
        grants("[{'namespaces':{},'domains':['*'],'forwardTo':['*','new@corp.example']}]");
        world.settle();

        world.delete(domain);
        world.settle();

        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.zone().rules()).isEmpty();
    }

    @Test
    void aZoneIsNotDeletedOnTheStrengthOfAGrantThatWasTakenBack() {
        MailDomain domain = world.domain("new", NEW);
        world.settle();
        world.controls().activate("new.example");
        world.settle();
        world.secrets.remove("mail-system", "tokens");
        grants("[{'namespaces':{},'domains':['*'],'forwardTo':['*']}]");

        world.delete(domain);
        world.settle();

        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.controls().zone("new.example")).isPresent();
        assertThat(world.events).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void nothingIsUndoneInADomainThatIsNotGrantedAnyMore() {
        MailDomain domain = world.domain("example", TEAM);
        world.settle();
        world.secrets.remove("mail-system", "tokens");
        grants("[{'namespaces':{},'domains':['other.example']}]");

        world.delete(domain);
        world.settle();

        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.zone().rules()).hasSize(1);
    }
}
