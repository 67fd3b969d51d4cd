package io.maildomain.operator.controller.destination;

import static io.maildomain.operator.controller.destination.DestinationScenario.EMAIL;
import static io.maildomain.operator.controller.destination.DestinationScenario.ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only what the operator created goes, and only while nothing of ours forwards to it; and who is woken by a click. */
class DestinationDeletionTest {

    private static final String ONE = ROUTE + "/{destination_address_identifier}";
    private static final String FORWARDING =
            "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'new@corp.example'}}]}";

    private final DestinationScenario scenario = new DestinationScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private boolean isThere(String email) {
        return scenario.scenario().controls().state().toString().contains(email);
    }

    private MailDomain forwarding() {
        MailDomain domain = scenario.scenario().domain("example", FORWARDING);
        scenario.scenario().settle();
        scenario.scenario().controls().activate(FakeEnvironment.DOMAIN);
        scenario.scenario().settle();
        return domain;
    }

    private String ruleOf(MailDomain domain) {
        return scenario.scenario()
                .env()
                .domains()
                .live(domain)
                .orElseThrow()
                .getStatus()
                .rules()
                .get(0)
                .state()
                .name();
    }

    @Test
    void whatTheOperatorCreatedGoesWithItsResource() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Delete);

        scenario.deletes(destination);

        assertThat(scenario.isGone(destination)).isTrue();
        assertThat(scenario.calls("DELETE", ONE)).isEqualTo(1);
        assertThat(scenario.scenario().events()).contains("Deleted: deleted the destination address new@corp.example");
    }

    @Test
    void byDefaultItStaysAndCloudflareIsNotAsked() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Retain);
        scenario.scenario().controls().clearCalls();

        scenario.deletes(destination);

        assertThat(scenario.isGone(destination)).isTrue();
        assertThat(scenario.calls()).isEmpty();
    }

    @Test
    void whatWasThereBeforeStays() {
        DestinationAddress destination = scenario.applies("team", "team@corp.example", DeletionPolicy.Delete);

        scenario.deletes(destination);

        assertThat(scenario.isGone(destination)).isTrue();
        assertThat(scenario.calls("DELETE", ONE)).isZero();
        assertThat(scenario.scenario().events())
                .contains("DestinationKept: team@corp.example stays at Cloudflare: the operator did not create it");
    }

    @Test
    void oneThatMailIsForwardedToWaitsUntilItIsNot() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Delete);
        scenario.scenario().controls().verifyAddress(EMAIL);
        scenario.scenario().later(Duration.ofSeconds(10));
        MailDomain domain = forwarding();
        assertThat(ruleOf(domain)).isEqualTo("Synced");

        scenario.deletes(destination);

        assertThat(scenario.ready(destination).reason()).isEqualTo("DestinationInUse");
        assertThat(scenario.ready(destination).message()).contains("MailDomain example");
        assertThat(scenario.calls("DELETE", ONE)).isZero();

        scenario.scenario().domain("example", "{'rules':[]}");
        scenario.scenario().settle();
        scenario.looks(destination);

        assertThat(scenario.isGone(destination)).isTrue();
        assertThat(scenario.calls("DELETE", ONE)).isEqualTo(1);
    }

    /** Else the feature's own hold would have Cloudflare switch the rule off. */
    @Test
    void aRuleThatIsHeldBackStillNeedsTheAddressThatItForwardsTo() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Delete);
        scenario.scenario().controls().verifyAddress(EMAIL);
        scenario.scenario().later(Duration.ofSeconds(10));
        MailDomain domain = forwarding();
        scenario.scenario().controls().putAddress("later@corp.example", false);
        scenario.scenario().later(Duration.ofSeconds(10));
        scenario.scenario().domain("example", FORWARDING.replace(EMAIL, "later@corp.example"));
        scenario.scenario().settle();
        assertThat(ruleOf(domain)).isNotEqualTo("Synced");

        scenario.deletes(destination);

        assertThat(scenario.ready(destination).reason()).isEqualTo("DestinationInUse");
        assertThat(scenario.ready(destination).message())
                .contains("a rule or a catch-all that stands at Cloudflare", "deletionPolicy: Retain");
        assertThat(scenario.calls("DELETE", ONE)).isZero();

        scenario.scenario().domain("example", "{'rules':[]}");
        scenario.scenario().settle();
        scenario.scenario().later(Duration.ofSeconds(6));
        scenario.looks(destination);
        assertThat(scenario.isGone(destination)).isTrue();
    }

    /** Many deletions share what was read of the account's rules, and those that wait for a rule of ours ask nothing of them. */
    @Test
    void theRulesOfTheAccountAreReadOnceForManyThatGo() {
        List<DestinationAddress> all = IntStream.range(0, 10)
                .mapToObj(i -> scenario.applies("new-" + i, "new" + i + "@corp.example", DeletionPolicy.Delete))
                .toList();
        scenario.scenario().controls().clearCalls();

        all.forEach(scenario::deletes);

        assertThat(all).allMatch(scenario::isGone);
        assertThat(scenario.calls("GET", "/accounts/{account_id}/email/routing/rules"))
                .isEqualTo(1);
        assertThat(scenario.calls("DELETE", ONE)).isEqualTo(10);
    }

    /** What is in other namespaces is not told. */
    @Test
    void ofOtherNamespacesOnlyTheKindIsNamed() {
        DestinationAddress destination = scenario.applies("team", "new", EMAIL, DeletionPolicy.Delete);
        scenario.scenario().controls().verifyAddress(EMAIL);
        forwarding();

        scenario.deletes(destination);

        assertThat(scenario.ready(destination).message())
                .contains("a MailDomain of another namespace")
                .doesNotContain("example,", "MailDomain example");
    }

    @Test
    void oneThatAnotherResourceIsAboutStays() {
        DestinationAddress first = scenario.applies("new", EMAIL, DeletionPolicy.Delete);
        scenario.applies("other", "second", EMAIL, DeletionPolicy.Delete);

        scenario.deletes(first);

        assertThat(scenario.isGone(first)).isTrue();
        assertThat(scenario.calls("DELETE", ONE)).isZero();
    }

    @Test
    void aSecretThatGoesWithItIsRemembered() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Delete);
        scenario.scenario().env().secrets().remove("mail-system", "tokens");

        scenario.deletes(destination);

        assertThat(scenario.isGone(destination)).isTrue();
        assertThat(scenario.calls("DELETE", ONE)).isEqualTo(1);
    }

    @Test
    void withoutAnyTokenItWaitsUntilItIsGivenUp() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Delete);
        scenario.scenario().env().secrets().remove("mail-system", "tokens");
        scenario.scenario().restarts();

        scenario.deletes(destination);
        assertThat(scenario.ready(destination).reason()).isEqualTo("SecretMissing");

        scenario.annotates(destination, "maildomain.io/abandon", "true");
        scenario.looks(destination);
        assertThat(scenario.isGone(destination)).isTrue();
        assertThat(isThere(EMAIL)).isTrue();
    }

    /** In the same look that sees the click. */
    @Test
    void aClickReleasesTheRulesThatWaitForIt() {
        DestinationAddress destination = scenario.applies("new", EMAIL, DeletionPolicy.Delete);
        MailDomain domain = forwarding();
        assertThat(ruleOf(domain)).isEqualTo("DestinationUnverified");

        scenario.scenario().controls().verifyAddress(EMAIL);
        scenario.scenario().later(Duration.ofSeconds(10));
        scenario.looks(destination);
        assertThat(scenario.scenario().env().wokenByDestinations()).isNotEmpty();
        scenario.runs();

        assertThat(ruleOf(domain)).isEqualTo("Synced");
        assertThat(scenario.stands(destination)).isEqualTo("Verified True Ready");
    }
}
