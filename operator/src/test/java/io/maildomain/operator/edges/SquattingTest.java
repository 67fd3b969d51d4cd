package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static io.maildomain.operator.fixture.ScenarioDsl.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An older claim with nothing behind it keeps no other from a domain; an older one with something behind it is waited for. */
class SquattingTest {

    private static final String MADE_UP = "0123456789012345678901234567890123456789";

    private ScenarioDsl scenario;

    @BeforeEach
    void start() {
        scenario = new ScenarioDsl(Options.usual().withMassDeletion(20).withTokenPause(Duration.ofMinutes(10))).usual();
        scenario.zone("{'status':'active','routing':true}");
        scenario.account(
                "others",
                "others",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true,'forwardTo':['*']}]");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void secret(String... data) {
        scenario.env().secrets().holding("other", "theirs", data);
    }

    private MailDomain squatter(String spec) {
        return scenario.domain(
                "other", "squatter", "{'credentials':{'secretRef':{'name':'theirs'}}," + spec.substring(1));
    }

    private void isMine(MailDomain mine) {
        assertThat(scenario.ready(mine)).isEqualTo("True Ready");
        assertThat(scenario.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void whoIsSuspendedWithATokenThatIsMadeUpClaimsNothing() {
        secret(
                "CLOUDFLARE_API_TOKEN",
                MADE_UP,
                "CLOUDFLARE_ACCOUNT_ID",
                scenario.env().simulator().accountId());
        squatter("{'suspend':true," + SPAM.substring(1));
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.settle();
        isMine(mine);
    }

    @Test
    void whoIsSuspendedClaimsNothingThroughAnAccountEither() {
        scenario.domain("other", "squatter", "{'suspend':true," + SPAM.substring(1));
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.reconcile(mine);
        isMine(mine);
    }

    /** Of several that share a token that was refused, one has asked; the others are held back and are not to be waited for. */
    @Test
    void whoseTokenIsHeldBackClaimsNothing() {
        secret(
                "CLOUDFLARE_API_TOKEN",
                MADE_UP,
                "CLOUDFLARE_ACCOUNT_ID",
                scenario.env().simulator().accountId());
        MailDomain first = scenario.domain(
                "other",
                "first",
                "{'domain':'elsewhere.example','credentials':{'secretRef':{'name':'theirs'}},'rules':[]}");
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.reconcile(first);
        scenario.reconcile(squatter);
        assertThat(scenario.ready(squatter)).startsWith("False Token");
        scenario.reconcile(mine);
        isMine(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no Secret", "no key", "no account id"})
    void whoHasNothingToWorkWithClaimsNothing(String what) {
        if (what.equals("no key")) {
            secret("SOMETHING_ELSE", MADE_UP);
        } else if (what.equals("no account id")) {
            secret("CLOUDFLARE_API_TOKEN", scenario.controls().putToken("blind").value());
        }
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.reconcile(squatter);
        scenario.reconcile(mine);
        isMine(mine);
    }

    /** It may claim the account's id for itself: that its token works there is another thing. */
    @Test
    void whoseTokenMayDoNothingInTheAccountClaimsNothing() {
        secret(
                "CLOUDFLARE_API_TOKEN",
                scenario.controls().putToken("blind").value(),
                "CLOUDFLARE_ACCOUNT_ID",
                scenario.env().simulator().accountId());
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.settle();
        assertThat(scenario.ready(squatter)).startsWith("False");
        isMine(mine);
    }

    /** The token was good once, and is not any more: what was seen of another token proves nothing. */
    @Test
    void whoseTokenWasExchangedForAMadeUpOneClaimsNothing() {
        scenario.token("others", "others", ScenarioDsl.runtimeRights());
        MailDomain squatter = scenario.domain(
                "other", "squatter", "{'credentials':{'accountRef':{'name':'others'}},'mode':'Observe','rules':[]}");
        scenario.settle();
        scenario.env().secrets().holding("mail-system", "others", "CLOUDFLARE_API_TOKEN", MADE_UP);
        scenario.domain("other", "squatter", "{'credentials':{'accountRef':{'name':'others'}}," + SPAM.substring(1));
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.reconcile(mine);
        isMine(mine);
        scenario.settle();
        assertThat(scenario.ready(squatter)).startsWith("False");
        isMine(mine);
    }

    @Test
    void aYoungerClaimWaitsUntilTheOlderOneWasLookedAt() {
        MailDomain older = scenario.domain("other", "older", SPAM);
        MailDomain younger = scenario.domain("mail", "younger", TEAM);
        scenario.reconcile(younger);
        assertThat(scenario.ownership(younger).notedZone()).isEmpty();
        assertThat(scenario.controls().calls())
                .as("one that waits asks Cloudflare nothing")
                .isEmpty();

        scenario.reconcile(older);
        scenario.settle();
        assertThat(scenario.ready(older)).isEqualTo("True Ready");
        assertThat(scenario.ready(younger)).isEqualTo("False Conflict");
    }

    @Test
    void afterARestartTheHolderNeedsNoProof() {
        MailDomain older = scenario.domain("other", "older", "{'suspend':true,'rules':[]}");
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.settle();
        scenario.restarts();
        scenario.domain("other", "older", SPAM);
        scenario.reconcile(older);
        assertThat(scenario.ready(older)).isEqualTo("False Conflict");
        scenario.reconcile(mine);
        isMine(mine);
    }

    /** A status that cannot be written never says that its claim is worth nothing. */
    @Test
    void whoseStatusIsRefusedClaimsNothing() {
        scenario.env().domains().refusesStatusesOf("squatter");
        secret(
                "CLOUDFLARE_API_TOKEN",
                MADE_UP,
                "CLOUDFLARE_ACCOUNT_ID",
                scenario.env().simulator().accountId());
        MailDomain squatter = squatter(SPAM);
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.reconcile(squatter);
        scenario.reconcile(mine);
        isMine(mine);
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("StatusRefused"));
    }

    /** Longer than the schema allows would be refused as a whole. */
    @Test
    void theLongestOfNamesLeaveRoomInTheStatus() {
        String namespace = "n".repeat(63);
        String name = "s".repeat(253);
        scenario.env().secrets().holding(namespace, name, "CLOUDFLARE_API_TOKEN", MADE_UP);
        MailDomain squatter = scenario.domain(
                namespace, "squatter", "{'credentials':{'secretRef':{'name':'" + name + "'}}," + SPAM.substring(1));
        scenario.reconcile(squatter);
        assertThat(scenario.env()
                        .domains()
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
        scenario.env().domains().losesNotesOf("squatter");
        MailDomain squatter = scenario.domain("other", "squatter", SPAM);
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        for (int i = 0; i < 3; i++) {
            scenario.reconcile(squatter);
            scenario.reconcile(mine);
        }
        scenario.reconcile(mine);
        isMine(mine);
    }

    /** What time heals is no reason to be passed over at once, and none to be waited for without end. */
    @Test
    void aYoungerClaimDoesNotWaitForeverForOneThatCannotBeLookedAt() {
        MailDomain older = scenario.domain("other", "older", SPAM);
        MailDomain younger = scenario.domain("mail", "younger", TEAM);
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones", Fault.status(500)).withTimes(1));
        scenario.reconcile(older);
        scenario.reconcile(younger);
        assertThat(scenario.ownership(younger).notedZone()).as("it waits").isEmpty();

        scenario.later(Duration.ofSeconds(31));
        scenario.reconcile(younger);
        isMine(younger);
    }
}
