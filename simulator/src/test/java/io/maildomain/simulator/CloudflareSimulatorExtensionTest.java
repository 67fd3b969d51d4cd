package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.junit.CloudflareSimulatorExtension;
import io.maildomain.simulator.quirks.Quirk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of other projects get from the extension, in each way to register it. */
class CloudflareSimulatorExtensionTest {

    @Test
    void aSimulatorThatDoesNotRunIsAskedForInVain() {
        CloudflareSimulatorExtension unregistered = new CloudflareSimulatorExtension();

        assertThatThrownBy(unregistered::simulator)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Nested
    class AsAStaticField {

        @RegisterExtension
        static final CloudflareSimulatorExtension CLOUDFLARE = new CloudflareSimulatorExtension()
                .withOptions(SimulatorOptions.defaults().withQuirk("rule-writes-while-off", "refused"))
                .seededBy(others -> others.putZone("example.com", "{\"routing\": true}"))
                .seededBy(others -> others.putAddress("team@corp.example", true));

        private static final Set<URI> ADDRESSES = new HashSet<>();

        @RepeatedTest(2)
        void eachTestBeginsWithWhatTheSeedingLeft(Simulator simulator, Controls others) {
            assertThat(others.calls()).isEmpty();
            assertThat(others.faults()).isEmpty();
            assertThat(others.zone("second.example")).isEmpty();
            assertThat(others.quirks()).containsEntry("rule-writes-while-off", "refused");
            assertThat(others.zone("example.com"))
                    .hasValueSatisfying(zone -> assertThat(zone.routesMail()).isTrue());
            assertThat(others.state().at("/accounts/0/addresses/0/email").asText())
                    .isEqualTo("team@corp.example");

            others.putZone("second.example", "{}");
            others.removeZone("example.com");
            others.quirk(Quirk.RULE_WRITES_WHILE_OFF, "accepted");
            others.failNext("POST", "/zones", Fault.status(500));
            assertThat(Client.of(simulator).get("/accounts").status()).isEqualTo(200);
            assertThat(others.calls()).hasSize(1);
            ADDRESSES.add(CLOUDFLARE.apiUri());
        }

        @AfterAll
        static void allOfThemHadOneSimulator() {
            assertThat(ADDRESSES).hasSize(1);
        }
    }

    @Nested
    class AsAFieldOfTheInstance {

        private Simulator ofTheTest;

        /** Registered first, and so asked last. */
        @RegisterExtension
        @Order(1)
        final AfterEachCallback isStopped =
                context -> assertThatThrownBy(() -> Client.of(ofTheTest).get("/accounts"))
                        .isInstanceOf(UncheckedIOException.class);

        @RegisterExtension
        @Order(2)
        final CloudflareSimulatorExtension cloudflare = new CloudflareSimulatorExtension();

        @RepeatedTest(2)
        void eachTestHasASimulatorOfItsOwnWhichEndsWithIt(Simulator simulator) {
            ofTheTest = simulator;

            assertThat(cloudflare.simulator()).isSameAs(simulator);
            assertThat(cloudflare.controls().zone("example.com")).isEmpty();
            cloudflare.controls().putZone("example.com", "{}");
            assertThat(Client.of(simulator).get("/zones").result()).hasSize(1);
        }
    }

    @Nested
    @ExtendWith(CloudflareSimulatorExtension.class)
    class ByItsName {

        private static Simulator ofTheClass;

        @BeforeAll
        static void remember(Simulator simulator) {
            ofTheClass = simulator;
        }

        @Test
        void aTestHasTheSimulatorOfItsClass(Simulator simulator) {
            assertThat(simulator).isSameAs(ofTheClass);
        }

        @Nested
        class AndItsNestedClass {

            @Test
            void hasTheSame(Simulator simulator) {
                assertThat(simulator).isSameAs(ofTheClass);
            }
        }

        @AfterAll
        static void itDoesNotEndWithTheNestedClass() {
            assertThat(Client.of(ofTheClass).get("/accounts").status()).isEqualTo(200);
        }
    }

    @Nested
    class KeepingItsState {

        @RegisterExtension
        static final CloudflareSimulatorExtension CLOUDFLARE = new CloudflareSimulatorExtension().keepingState();

        @RepeatedTest(2)
        void aTestFindsWhatTheOneBeforeItLeft(RepetitionInfo repetition, Controls others) {
            boolean second = repetition.getCurrentRepetition() == 2;
            assertThat(others.zone("example.com").isPresent()).isEqualTo(second);

            others.putZone("example.com", "{}");
            if (second) {
                CLOUDFLARE.reset();
                assertThat(others.zone("example.com")).isEmpty();
            }
        }
    }

    @Nested
    class SeededFromAFile {

        @RegisterExtension
        static final CloudflareSimulatorExtension CLOUDFLARE = new CloudflareSimulatorExtension().seededFrom(state());

        private static Path state() {
            try {
                Path file = Files.createTempFile("state", ".json");
                file.toFile().deleteOnExit();
                return Files.writeString(file, """
                        {"accounts": [{"id": "0123456789abcdef0123456789abcdef", "workers": [{"name": "mailbox"}]}],
                         "tokens": [{"name": "start", "value": "simulator-token-that-may-do-everything-00",
                                     "rights": ["Account: Workers Scripts: Edit"]}]}""");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void theTestBeginsWithTheStateOfTheFile(Simulator simulator) {
            Client client = Client.of(simulator);

            assertThat(client.get("/accounts/" + simulator.accountId() + "/workers/scripts")
                            .result())
                    .hasSize(1);
            assertThat(client.get("/zones").refusal()).isEqualTo("403/0");
        }
    }
}
