package io.maildomain.operator.controller.destination;

import static io.maildomain.operator.controller.destination.DestinationScenario.EMAIL;
import static io.maildomain.operator.controller.destination.DestinationScenario.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.controller.destination.plan.DestinationMessages;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a destination address comes to be and is followed, with real calls to the simulator. */
class DestinationReconcilerTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final DestinationScenario scenario = new DestinationScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private DestinationAddress applies() {
        return scenario.applies("new", EMAIL, DeletionPolicy.Delete);
    }

    private void looksLater(DestinationAddress destination) {
        scenario.scenario().later(SOON);
        scenario.looks(destination);
    }

    private List<DeployOrigin> noted() {
        return scenario.scenario().env().destinations().ownershipRecords().stream()
                .map(status -> status.ownership().address())
                .map(TargetOwnership::origin)
                .toList();
    }

    @Test
    void oneThatIsMissingIsCreatedOnceAndThatIsNotedFirst() {
        DestinationAddress destination = applies();

        assertThat(scenario.stands(destination)).isEqualTo("Unverified False DestinationUnverified");
        assertThat(scenario.ready(destination).message()).contains("a link to click");
        assertThat(noted()).containsExactly(DeployOrigin.Creating, DeployOrigin.Created);
        assertThat(scenario.scenario().events())
                .containsExactly(
                        "Created: created the destination address new@corp.example: Cloudflare mails a link to it");

        looksLater(destination);
        looksLater(destination);

        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(1);
        assertThat(noted()).hasSize(2);
    }

    @Test
    void theClickIsSeenByTheNextLook() {
        DestinationAddress destination = applies();
        scenario.scenario().controls().verifyAddress(EMAIL);

        looksLater(destination);

        assertThat(scenario.stands(destination)).isEqualTo("Verified True Ready");
        assertThat(scenario.status(destination).saidVerified()).isPresent();
    }

    @Test
    void aLostAnswerIsUnderstoodByTheNextLook() {
        scenario.scenario().controls().failNext("POST", "/email/routing/addresses$", Fault.resetAfter());
        DestinationAddress destination = applies();
        assertThat(noted()).containsExactly(DeployOrigin.Creating);

        looksLater(destination);

        assertThat(scenario.stands(destination)).isEqualTo("Unverified False DestinationUnverified");
        assertThat(noted()).containsExactly(DeployOrigin.Creating, DeployOrigin.Created);
        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(1);
    }

    @Test
    void aCreationThatDidNotArriveIsTriedAgain() {
        scenario.scenario().controls().failNext("POST", "/email/routing/addresses$", Fault.resetBefore());
        DestinationAddress destination = applies();

        looksLater(destination);

        assertThat(scenario.stands(destination)).isEqualTo("Unverified False DestinationUnverified");
    }

    /** Of many one list tells, and what is well costs one list in half of an interval. */
    @Test
    void oneListDoesForAllOfAnAccount() {
        DestinationAddress one = applies();
        DestinationAddress other = scenario.applies("team", "team@corp.example", DeletionPolicy.Retain);
        scenario.scenario().controls().verifyAddress(EMAIL);
        looksLater(one);
        scenario.looks(other);
        scenario.scenario().controls().clearCalls();

        scenario.looks(one);
        scenario.looks(other);
        assertThat(scenario.calls()).isEmpty();

        scenario.scenario().later(Duration.ofMinutes(6));
        scenario.looks(one);
        scenario.looks(other);
        assertThat(scenario.calls()).containsExactly("GET " + ROUTE);
    }

    @Test
    void whatIsAskedForByAnnotationIsLookedAtAnew() {
        DestinationAddress destination = applies();
        scenario.scenario().controls().verifyAddress(EMAIL);
        looksLater(destination);
        scenario.scenario().controls().clearCalls();

        scenario.annotates(destination, "maildomain.io/reconcile-requested-at", "now");
        scenario.looks(destination);

        assertThat(scenario.calls()).containsExactly("GET " + ROUTE);
        assertThat(scenario.status(destination).lastHandledReconcileAt()).isEqualTo("now");
    }

    @Test
    void oneThatWasThereBeforeIsTakenAsItIs() {
        DestinationAddress destination = scenario.applies("team", "team@corp.example", DeletionPolicy.Delete);

        assertThat(scenario.stands(destination)).isEqualTo("Verified True Ready");
        assertThat(noted()).containsExactly(DeployOrigin.Adopted);
        assertThat(scenario.calls("POST", ROUTE)).isZero();
    }

    /** A list is remembered for a while; whether a person gets a mail is decided by none such. */
    @Test
    void oneThatWasAddedByHandAMomentAgoIsNotTakenForOurs() {
        scenario.applies("team", "team@corp.example", DeletionPolicy.Retain);
        scenario.scenario().controls().putAddress(EMAIL, false);

        applies();

        assertThat(noted()).contains(DeployOrigin.Adopted).doesNotContain(DeployOrigin.Created);
        assertThat(scenario.calls("POST", ROUTE)).isZero();
    }

    @Test
    void aLinkThatWasClickedAMomentAgoIsNotMailedAgain() {
        DestinationAddress destination = applies();
        scenario.scenario().later(Duration.ofMinutes(20));
        scenario.looks(destination);
        scenario.scenario().controls().verifyAddress(EMAIL);
        scenario.scenario().controls().clearCalls();

        scenario.annotates(destination, DestinationMessages.RESEND, "please");
        scenario.looks(destination);

        assertThat(scenario.calls()).as("neither deleted nor created anew").allMatch(call -> call.startsWith("GET"));
        assertThat(scenario.stands(destination)).isEqualTo("Verified True Ready");
    }

    @Test
    void anotherMailIsSentOnlyOnRequestAndOnceForEach() {
        DestinationAddress destination = applies();

        scenario.annotates(destination, DestinationMessages.RESEND, "please");
        scenario.looks(destination);
        looksLater(destination);

        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(2);
        assertThat(scenario.stands(destination)).isEqualTo("Unverified False DestinationUnverified");
        assertThat(scenario.status(destination).ownership().resend()).isEqualTo("please");

        scenario.annotates(destination, DestinationMessages.RESEND, "once more");
        looksLater(destination);
        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(3);
    }

    /** Cloudflare deletes none that is younger than a quarter of an hour. */
    @Test
    void aRequestThatComesTooSoonWaits() {
        scenario.scenario().controls().quirks(Map.of("address-deletion", "delayed"));
        DestinationAddress destination = applies();

        scenario.annotates(destination, DestinationMessages.RESEND, "please");
        scenario.looks(destination);

        assertThat(scenario.ready(destination).reason()).isEqualTo("AddressTooNew");
        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(1);
    }

    @Test
    void oneThatWasDeletedAtCloudflareIsCreatedAnewOnlyOnRequest() {
        DestinationAddress destination = applies();
        scenario.deletesAtCloudflare(EMAIL);

        looksLater(destination);
        looksLater(destination);

        assertThat(scenario.stands(destination)).isEqualTo("Gone False DestinationGone");
        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(1);
        assertThat(scenario.scenario().events())
                .filteredOn(event -> event.startsWith("DestinationGone"))
                .hasSize(1);

        scenario.annotates(destination, DestinationMessages.RESEND, "please");
        looksLater(destination);

        assertThat(scenario.stands(destination)).isEqualTo("Unverified False DestinationUnverified");
        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(2);
    }

    @Test
    void withoutTheRightItSaysSoWithThePageForATokenThatHasIt() {
        scenario.tokenMay();
        DestinationAddress destination = applies();

        assertThat(scenario.stands(destination)).isEqualTo("Unknown False PermissionMissing");
        assertThat(scenario.ready(destination).message())
                .startsWith("add Account: Email Routing Addresses: Edit to the token, or create one at "
                        + TokenPage.ofUser(Surface.RUNTIME, Permission.EMAIL_ROUTING_ADDRESSES)
                        + " for key CLOUDFLARE_API_TOKEN");
        assertThat(noted()).isEmpty();
    }

    @Test
    void aTokenThatMayOnlyReadShowsWhatIsThereAndCreatesNothing() {
        scenario.tokenMay("Account: Email Routing Addresses: Read");

        DestinationAddress there = scenario.applies("team", "team@corp.example", DeletionPolicy.Retain);
        DestinationAddress missing = applies();

        assertThat(scenario.stands(there)).isEqualTo("Verified True Ready");
        assertThat(scenario.stands(missing)).isEqualTo("Unknown False PermissionMissing");
        assertThat(scenario.status(missing).ownership().address()).isNull();
    }

    @Test
    void whatTheAccountDoesNotGrantCostsNoCall() {
        scenario.scenario()
                .account(
                        "default",
                        "tokens",
                        scenario.scenario().env().simulator().accountId(),
                        "[{'namespaces':{},'domains':['*'],'forwardTo':['*@elsewhere.example']}]");

        DestinationAddress destination = applies();

        assertThat(scenario.stands(destination)).isEqualTo("AccessDenied False AccessDenied");
        assertThat(scenario.ready(destination).message()).contains("forwardTo");
        assertThat(scenario.calls()).isEmpty();
    }

    @Test
    void underAnotherAccountNothingIsDone() {
        DestinationAddress destination = applies();
        scenario.scenario()
                .account("default", "tokens", "f".repeat(32), "[{'namespaces':{},'domains':['*'],'forwardTo':['*']}]");
        scenario.scenario().controls().clearCalls();

        looksLater(destination);

        assertThat(scenario.ready(destination).reason()).isEqualTo("DestinationAccountChanged");
        assertThat(scenario.calls()).isEmpty();
    }

    @Test
    void twoThatAreAboutOneAddressCreateItOnce() {
        DestinationAddress first = applies();
        DestinationAddress second = scenario.applies("other", "second", EMAIL, DeletionPolicy.Delete);

        assertThat(scenario.stands(first)).isEqualTo(scenario.stands(second));
        assertThat(scenario.calls("POST", ROUTE)).isEqualTo(1);
        assertThat(noted()).containsExactly(DeployOrigin.Creating, DeployOrigin.Created, DeployOrigin.Adopted);
    }
}
