package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The account's destination addresses: what is asked, what the answers mean, and that only this needs the optional right. */
class DestinationCallsTest {
    private static final String EMAIL = "team@corp.example";
    private static final String OPTIONAL = Permission.EMAIL_ROUTING_ADDRESSES.describe();
    private static final String ROUTE = "/accounts/" + ACCOUNT + "/email/routing/addresses";

    private final FakeCloudflare cloudflare = new FakeCloudflare();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final CloudflareClients clients = new CloudflareClients(
            FakeCloudflare.settings(simulator.apiUri().toString()),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            () -> true);

    @AfterEach
    void stop() {
        clients.close();
        simulator.close();
        cloudflare.close();
    }

    private Destinations asked() {
        return cloudflare.client().destinations(ACCOUNT);
    }

    private Cloudflare of(String token) {
        return clients.forToken(ApiToken.of(token));
    }

    private Destinations simulated() {
        return of(simulator.startToken()).destinations(simulator.accountId());
    }

    private static String json(String verified) {
        return "{\"id\":\"%s\",\"tag\":\"x\",\"email\":\"%s\",\"created\":\"2026-11-24T02:00:00Z\",\"verified\":%s}"
                .formatted(RULE, EMAIL, verified);
    }

    @Test
    void aListWithoutAFilterTellsWhichAreVerified() {
        cloudflare.result("[" + json("\"2026-11-24T02:30:00Z\"") + "]");

        DestinationList list = asked().list();

        assertThat(list.find("Team@CORP.example"))
                .contains(new Destination(
                        RULE,
                        EMAIL,
                        Instant.parse("2026-11-24T02:00:00Z"),
                        true,
                        Instant.parse("2026-11-24T02:30:00Z")));
        assertThat(list.isVerified(EMAIL)).isTrue();
        assertThat(list.isVerified("ceo@corp.example")).isFalse();
        assertThat(cloudflare.said()).isEqualTo("GET " + ROUTE + "?page=1&per_page=50");
    }

    @Test
    void thoseThatWaitForTheirOwnerAreAskedForByThemselves() {
        cloudflare.result("[" + json("null") + "]");

        assertThat(asked().unverified().isVerified(EMAIL)).isFalse();
        assertThat(cloudflare.said()).isEqualTo("GET " + ROUTE + "?verified=false&page=1&per_page=50");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "null, -, false",
                "null, unverified, false",
                "null, verified, true",
                "'\"2026-11-24T02:30:00Z\"', -, true",
                "'\"2026-11-24T02:30:00Z\"', unverified, false",
                "'\"yesterday\"', -, true"
            })
    void whetherTheLinkWasClickedIsToldByTheTimeAndByTheStatus(String verified, String status, boolean expected) {
        String said = status == null ? "" : ",\"status\":\"" + status + "\"";
        cloudflare.result(json(verified).replace("}", said + "}"));

        assertThat(asked().withId(RULE)).get().extracting(Destination::verified).isEqualTo(expected);
    }

    /** One that is passed over would be taken for missing. */
    @ParameterizedTest
    @ValueSource(strings = {"[{}]", "[{\"email\":7}]", "[7]", "{}"})
    void aListThatCannotBeReadAsAWholeIsNone(String result) {
        cloudflare.result(result);

        assertThat(failing(() -> asked().list()).failure()).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void anAddressIsCreatedByItsEmailAndNothingElse() {
        assertThat(cloudflare
                        .result(json("null"))
                        .client()
                        .destinations(ACCOUNT)
                        .create(EMAIL))
                .extracting(Destination::id)
                .isEqualTo(RULE);
        assertThat(cloudflare.said()).isEqualTo("POST " + ROUTE + " {\"email\":\"" + EMAIL + "\"}");
    }

    /** The mail may be on its way. */
    @Test
    void aLostAnswerToACreationMayHaveTakenEffect() {
        cloudflare.answers(502, "");

        assertThat(failing(() -> asked().create(EMAIL)).mayHaveTakenEffect()).isTrue();
    }

    @Test
    void anAccountWithoutAWellFormedIdIsAskedNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloudflare.client().destinations("../zones"));
    }

    @Test
    void anAddressLivesAndDiesAtTheSimulator() {
        Destination created = simulated().create(EMAIL);

        assertThat(created.verified()).isFalse();
        assertThat(simulated().list().find(EMAIL)).contains(created);
        assertThat(simulated().unverified().find(EMAIL)).contains(created);
        CloudflareException again = failing(() -> simulated().create(EMAIL));
        assertThat(again.destinationExists()).isTrue();
        assertThat(again.isDefinitive()).isTrue();

        simulator.controls().verifyAddress(EMAIL);

        assertThat(simulated().list().isVerified(EMAIL)).isTrue();
        assertThat(simulated().unverified().all()).isEmpty();
        assertThat(simulated().delete(created.id())).isTrue();
        assertThat(simulated().delete(created.id())).isFalse();
        assertThat(simulated().withId(created.id())).isEmpty();
        assertThat(simulated().list().all()).isEmpty();
    }

    @Test
    void oneThatIsTooNewIsNotDeletedYet() {
        simulator.controls().quirks(Map.of("address-deletion", "delayed"));
        Destination created = simulated().create(EMAIL);

        CloudflareException refused = failing(() -> simulated().delete(created.id()));

        assertThat(refused.isDefinitive()).isTrue();
        assertThat(Catalogue.diagnose(refused, context()).reason()).isEqualTo(Reason.AddressTooNew);
    }

    /** Neither the operator's token nor the deploy token is asked for it, and one that lacks it does all the rest. */
    @Test
    void theRightIsOptional() {
        assertThat(Permission.EMAIL_ROUTING_ADDRESSES.surface()).isEmpty();
        String[] runtime = Permission.of(Surface.RUNTIME).stream()
                .map(Permission::describe)
                .toArray(String[]::new);
        Cloudflare limited =
                of(simulator.controls().putToken("runtime", runtime).value());

        CloudflareException refused =
                failing(() -> limited.destinations(simulator.accountId()).list());

        assertThat(Catalogue.diagnose(refused, context()).reason()).isEqualTo(Reason.PermissionMissing);
        assertThat(Catalogue.diagnose(refused, context()).message()).contains("add " + OPTIONAL);
        assertThat(limited.createZone("example.com", simulator.accountId()).name())
                .isEqualTo("example.com");
    }

    /** A token that may only read them does for seeing which are verified. */
    @Test
    void readingIsEnoughToSee() {
        simulator.controls().putAddress(EMAIL, true);
        String readOnly = OPTIONAL.replace(": Edit", ": Read");
        Destinations limited =
                of(simulator.controls().putToken("reader", readOnly).value()).destinations(simulator.accountId());

        assertThat(limited.list().isVerified(EMAIL)).isTrue();
        assertThat(Catalogue.diagnose(failing(() -> limited.create("ceo@corp.example")), context())
                        .message())
                .contains("may not create destination addresses", "add " + OPTIONAL);
    }

    private static DiagnosisContext context() {
        return new DiagnosisContext("", "CLOUDFLARE_API_TOKEN", "Secret a/b", ACCOUNT, EMAIL);
    }
}
