package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.SPAM;
import static io.maildomain.operator.edges.World.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An older claim with nothing behind it keeps nobody from a domain; an older one with something behind it is waited for. */
class SquattingTest {

    private static final String MADE_UP = "0123456789012345678901234567890123456789";

    private World world;

    @BeforeEach
    void start() {
        world = new World(20, Duration.ofMinutes(10)).usual();
        world.zone("{'status':'active','routing':true}");
        world.account(
                "others",
                "others",
                world.simulator.accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true,'forwardTo':['*']}]");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void secret(String... data) {
        world.secrets.holding("other", "theirs", data);
    }

    private MailDomain squatter(String spec) {
        return world.domain("other", "squatter", "{'credentials':{'secretRef':{'name':'theirs'}}," + spec.substring(1));
    }

    private void isMine(MailDomain mine) {
        assertThat(world.ready(mine)).isEqualTo("True Ready");
        assertThat(world.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void whoIsSuspendedWithATokenThatIsMadeUpClaimsNothing() {
        secret("CLOUDFLARE_API_TOKEN", MADE_UP, "CLOUDFLARE_ACCOUNT_ID", world.simulator.accountId());
        squatter("{'suspend':true," + SPAM.substring(1));
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.settle();
        isMine(mine);
    }

    @Test
    void whoIsSuspendedClaimsNothingThroughAnAccountEither() {
        world.domain("other", "squatter", "{'suspend':true," + SPAM.substring(1));
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.reconcile(mine);
        isMine(mine);
    }

    /** Of several that share a token that was refused, one has asked; the others are held back and are not to be waited for. */
    @Test
    void whoseTokenIsHeldBackClaimsNothing() {
        secret("CLOUDFLARE_API_TOKEN", MADE_UP, "CLOUDFLARE_ACCOUNT_ID", world.simulator.accountId());
        MailDomain first = world.domain(
                "other",
                "first",
                "{'domain':'elsewhere.example','credentials':{'secretRef':{'name':'theirs'}},'rules':[]}");
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.reconcile(first);
        world.reconcile(squatter);
        assertThat(world.ready(squatter)).startsWith("Unknown Token");
        world.reconcile(mine);
        isMine(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no Secret", "no key", "no account id"})
    void whoHasNothingToWorkWithClaimsNothing(String what) {
        if (what.equals("no key")) {
            secret("SOMETHING_ELSE", MADE_UP);
        } else if (what.equals("no account id")) {
            secret("CLOUDFLARE_API_TOKEN", world.controls().putToken("blind").value());
        }
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.reconcile(squatter);
        world.reconcile(mine);
        isMine(mine);
    }

    /** It may claim the account's id for itself: that its token works there is another thing. */
    @Test
    void whoseTokenMayDoNothingInTheAccountClaimsNothing() {
        secret(
                "CLOUDFLARE_API_TOKEN",
                world.controls().putToken("blind").value(),
                "CLOUDFLARE_ACCOUNT_ID",
                world.simulator.accountId());
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.settle();
        assertThat(world.ready(squatter)).startsWith("False");
        isMine(mine);
    }

    /** The token was good once, and is not any more: what was seen of another token proves nothing. */
    @Test
    void whoseTokenWasExchangedForAMadeUpOneClaimsNothing() {
        world.token("others", "others", World.RUNTIME);
        MailDomain squatter = world.domain(
                "other", "squatter", "{'credentials':{'accountRef':{'name':'others'}},'mode':'Observe','rules':[]}");
        world.settle();
        world.secrets.holding("mail-system", "others", "CLOUDFLARE_API_TOKEN", MADE_UP);
        world.domain("other", "squatter", "{'credentials':{'accountRef':{'name':'others'}}," + SPAM.substring(1));
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.reconcile(mine);
        isMine(mine);
        world.settle();
        assertThat(world.ready(squatter)).startsWith("False");
        isMine(mine);
    }

    @Test
    void aYoungerClaimWaitsUntilTheOlderOneWasLookedAt() {
        MailDomain older = world.domain("other", "older", SPAM);
        MailDomain younger = world.domain("mail", "younger", TEAM);
        world.reconcile(younger);
        assertThat(world.ledger(younger).notedZone()).isEmpty();
        assertThat(world.controls().calls())
                .as("whoever waits asks Cloudflare nothing")
                .isEmpty();

        world.reconcile(older);
        world.settle();
        assertThat(world.ready(older)).isEqualTo("True Ready");
        assertThat(world.ready(younger)).isEqualTo("False Conflict");
    }

    @Test
    void afterARestartTheHolderNeedsNoProof() {
        MailDomain older = world.domain("other", "older", "{'suspend':true,'rules':[]}");
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.settle();
        world.restarts();
        world.domain("other", "older", SPAM);
        world.reconcile(older);
        assertThat(world.ready(older)).isEqualTo("False Conflict");
        world.reconcile(mine);
        isMine(mine);
    }

    /** A status that cannot be written never says that its claim is worth nothing. */
    @Test
    void whoseStatusIsRefusedClaimsNothing() {
        world.domains.refusesStatusesOf("squatter");
        secret("CLOUDFLARE_API_TOKEN", MADE_UP, "CLOUDFLARE_ACCOUNT_ID", world.simulator.accountId());
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.reconcile(squatter);
        world.reconcile(mine);
        isMine(mine);
        assertThat(world.events).anyMatch(event -> event.startsWith("StatusRefused"));
    }

    /** Longer than the schema allows would be refused as a whole. */
    @Test
    void theLongestOfNamesLeaveRoomInTheStatus() {
        String namespace = "n".repeat(63);
        String name = "s".repeat(253);
        world.secrets.holding(namespace, name, "CLOUDFLARE_API_TOKEN", MADE_UP);
        MailDomain squatter = world.domain(
                namespace, "squatter", "{'credentials':{'secretRef':{'name':'" + name + "'}}," + SPAM.substring(1));
        world.reconcile(squatter);
        assertThat(world.domains
                        .live(squatter)
                        .orElseThrow()
                        .getStatus()
                        .summary()
                        .account())
                .hasSize(300)
                .startsWith("Secret " + namespace);
    }

    @Test
    void whoCannotEvenNoteAZoneClaimsNothingForLong() {
        world.domains.losesNotesOf("squatter");
        MailDomain squatter = world.domain("other", "squatter", SPAM);
        MailDomain mine = world.domain("mail", "mine", TEAM);
        for (int i = 0; i < 3; i++) {
            world.reconcile(squatter);
            world.reconcile(mine);
        }
        world.reconcile(mine);
        isMine(mine);
    }

    /** What time heals is no reason to be passed over at once, and none to be waited for without end. */
    @Test
    void aYoungerClaimDoesNotWaitForeverForOneThatCannotBeLookedAt() {
        MailDomain older = world.domain("other", "older", SPAM);
        MailDomain younger = world.domain("mail", "younger", TEAM);
        world.controls()
                .addFault(FaultPlan.next("GET", "/zones", Fault.status(500)).withTimes(1));
        world.reconcile(older);
        world.reconcile(younger);
        assertThat(world.ledger(younger).notedZone()).as("it waits").isEmpty();

        world.later(Duration.ofSeconds(31));
        world.reconcile(younger);
        isMine(younger);
    }
}
