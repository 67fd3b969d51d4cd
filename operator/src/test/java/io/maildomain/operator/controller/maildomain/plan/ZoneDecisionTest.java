package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.api.v1alpha1.ZonePolicy;
import io.maildomain.api.v1alpha1.ZoneSpec;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.controller.maildomain.ModelOperator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneDecisionTest {

    private static final String ACCOUNT = "a".repeat(32);
    private static final String OTHER = "b".repeat(32);
    private static final Instant REQUESTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(90);
    private static final ZoneOwnership CREATING = new ZoneOwnership(null, ACCOUNT, ZoneOrigin.Creating, REQUESTED);
    private static final Grants ONLY_EXISTING = Grants.of(
            List.of(new AccessGrant(NamespaceSelector.everything(), List.of("*"), false, List.of(), List.of(), null)));

    private String domain = "example.com";
    private String onlyAccount = "";
    private String accountId = ACCOUNT;
    private ZonePolicy policy = ZonePolicy.CreateOrAdopt;
    private Grants grants = Grants.everything();
    private ZoneOwnership noted;

    private ZoneDecision decide(Zone... zones) {
        MailDomainSpec spec = new MailDomainSpec(
                domain, null, new ZoneSpec(policy, null), null, null, null, null, null, null, null, null, null);
        String registrable = RegistrableDomains.of(domain);
        ZoneDecision.Question question = new ZoneDecision.Question(
                ModelOperator.desired(spec, grants),
                accountId,
                registrable.equals(domain),
                registrable,
                onlyAccount,
                noted,
                WINDOW);
        return ZoneDecision.decide(question, new ZoneLookup(List.of(zones), REQUESTED.plusSeconds(7)));
    }

    private static Zone zone(String account, String type, Instant created) {
        return new Zone(
                "1".repeat(32), "example.com", account, "", "pending", type, List.of(), List.of(), "", created, false);
    }

    private static Zone zone() {
        return zone(ACCOUNT, "full", REQUESTED);
    }

    private static void use(ZoneDecision decision, ZoneOrigin origin) {
        assertThat(decision).isInstanceOfSatisfying(ZoneDecision.Use.class, use -> {
            assertThat(use.entry().origin()).isEqualTo(origin);
            assertThat(use.entry().id()).isEqualTo(use.zone().id());
            assertThat(use.entry().accountId()).isEqualTo(use.zone().accountId());
        });
    }

    private static String blocked(ZoneDecision decision, Reason reason) {
        assertThat(decision).isInstanceOf(ZoneDecision.Unavailable.class);
        var blocked = ((ZoneDecision.Unavailable) decision).blocked();
        assertThat(blocked.reason()).isEqualTo(reason);
        return blocked.message();
    }

    @Test
    void anExistingZoneIsAdopted() {
        use(decide(zone()), ZoneOrigin.Adopted);
    }

    @Test
    void theNameIsComparedWithoutRegardToCaseAndAsAWhole() {
        Zone upper = new Zone(
                "1".repeat(32),
                "EXAMPLE.com",
                ACCOUNT,
                "",
                "active",
                "full",
                List.of(),
                List.of(),
                "",
                REQUESTED,
                true);
        Zone longer = new Zone(
                "2".repeat(32),
                "notexample.com",
                ACCOUNT,
                "",
                "active",
                "full",
                List.of(),
                List.of(),
                "",
                REQUESTED,
                true);

        use(decide(longer, upper), ZoneOrigin.Adopted);
        assertThat(decide(longer)).isInstanceOf(ZoneDecision.Create.class);
    }

    @Test
    void withoutOneARequestIsNotedWithCloudflaresTime() {
        assertThat(decide())
                .isEqualTo(new ZoneDecision.Create(
                        new ZoneOwnership(null, ACCOUNT, ZoneOrigin.Creating, REQUESTED.plusSeconds(7))));
    }

    @Test
    void eachAttemptRenewsTheTime() {
        noted = CREATING;

        assertThat(((ZoneDecision.Create) decide()).entry().requestedAt()).isEqualTo(REQUESTED.plusSeconds(7));
    }

    /** Seconds from the request to created_on. */
    @ParameterizedTest
    @CsvSource({"-1, Adopted", "0, Created", "1, Created", "90, Created", "91, Adopted", "86400, Adopted"})
    void afterALostAnswerOnlyAZoneOfThatTimeIsOurs(long seconds, ZoneOrigin origin) {
        noted = CREATING;

        use(decide(zone(ACCOUNT, "full", REQUESTED.plusSeconds(seconds))), origin);
    }

    @Test
    void andOnlyOneInTheAccountThatWeAskedFor() {
        noted = CREATING;
        accountId = "";

        use(decide(zone(OTHER, "full", REQUESTED)), ZoneOrigin.Adopted);
    }

    @Test
    void withoutARequestNothingIsOurs() {
        noted = new ZoneOwnership(null, ACCOUNT, ZoneOrigin.Creating, null);
        use(decide(zone()), ZoneOrigin.Adopted);

        noted = new ZoneOwnership(null, ACCOUNT, ZoneOrigin.Adopted, REQUESTED);
        use(decide(zone()), ZoneOrigin.Adopted);
    }

    @Test
    void aZoneInAnotherAccountIsNotTouchedAndNoneIsCreatedBesideIt() {
        assertThat(blocked(decide(zone(OTHER, "full", REQUESTED)), Reason.ZoneInOtherAccount))
                .contains(OTHER, ACCOUNT);
    }

    @Test
    void theConfiguredAccountsZoneIsChosenAmongSeveral() {
        use(decide(zone(OTHER, "full", REQUESTED), zone()), ZoneOrigin.Adopted);
    }

    @Test
    void withoutAnAccountSeveralAreAmbiguous() {
        accountId = "";

        assertThat(blocked(decide(zone(OTHER, "full", REQUESTED), zone()), Reason.ZoneAmbiguous))
                .contains("CLOUDFLARE_ACCOUNT_ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partial", "secondary", "internal", ""})
    void onlyAFullZoneCanBeUsed(String type) {
        blocked(decide(zone(ACCOUNT, type, REQUESTED)), Reason.ZoneTypeUnsupported);
    }

    @Test
    void createOnlyTakesNoZoneThatWasThere() {
        policy = ZonePolicy.CreateOnly;

        assertThat(blocked(decide(zone()), Reason.ZoneExists)).contains("CreateOrAdopt");
        noted = CREATING;
        use(decide(zone()), ZoneOrigin.Created);
    }

    @Test
    void adoptOnlyCreatesNone() {
        policy = ZonePolicy.AdoptOnly;

        assertThat(blocked(decide(), Reason.ZoneNotFound)).contains("AdoptOnly");
        use(decide(zone()), ZoneOrigin.Adopted);
    }

    @Test
    void aSubdomainIsNoApexAndTheMessageSaysWhatToWrite() {
        domain = "a.in.example.co.uk";

        assertThat(blocked(decide(), Reason.NotApex))
                .contains("a MailDomain for example.co.uk")
                .contains("spec.subdomains: [a.in]");
    }

    @Test
    void aPublicSuffixIsNoneEither() {
        domain = "co.uk";

        assertThat(blocked(decide(), Reason.NotApex)).contains("public suffix");
    }

    @Test
    void creatingNeedsTheGrant() {
        grants = ONLY_EXISTING;

        assertThat(blocked(decide(), Reason.AccessDenied)).contains("createZones: true");
        use(decide(zone()), ZoneOrigin.Adopted);
    }

    @Test
    void creatingNeedsTheAccountId() {
        accountId = "";

        assertThat(blocked(decide(), Reason.DomainBindingDisabled))
                .contains("CLOUDFLARE_ACCOUNT_ID")
                .doesNotContain("one account");

        onlyAccount = "b".repeat(32);
        assertThat(blocked(decide(), Reason.DomainBindingDisabled))
                .contains("the token sees one account: " + onlyAccount);
        use(decide(zone()), ZoneOrigin.Adopted);
    }
}
