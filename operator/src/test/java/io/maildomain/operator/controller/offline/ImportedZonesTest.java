package io.maildomain.operator.controller.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.offline.ZoneReader.Search;
import io.maildomain.operator.controller.offline.plan.Exported;
import io.maildomain.operator.controller.offline.plan.ManifestChoice;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.dns.SimulatedDns;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.quirks.Quirk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Import, then reconcile what was written, with the real controllers on the simulator: nothing is written at Cloudflare. */
class ImportedZonesTest {

    private static final ManifestChoice REFUSING =
            new ManifestChoice("mail", Credentials.ofDefaultAccount(), ConflictPolicy.Refuse);
    private static final ManifestChoice ADOPTING =
            new ManifestChoice("mail", Credentials.ofDefaultAccount(), ConflictPolicy.Adopt);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final ScenarioDsl scenario = new ScenarioDsl().usual();
    private boolean dnsWhileImporting = true;

    @AfterEach
    void stop() {
        scenario.close();
    }

    @ParameterizedTest
    @CsvSource({"30, Refuse", "30, Adopt", "500, Refuse"})
    void whatWasImportedIsReconciledWithoutAWrite(int zones, ConflictPolicy conflicts) {
        new VariedZones(new Random(zones)).put(scenario.controls(), zones);

        List<Exported> all = importAll(conflicts == ConflictPolicy.Adopt ? ADOPTING : REFUSING);
        JsonNode before = scenario.controls().comparableState();
        List<MailDomain> applied = all.stream().map(this::apply).toList();
        scenario.turn();
        if (zones < 100) {
            scenario.turn();
        }

        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.controls().comparableState()).isEqualTo(before);
        assertThat(applied).hasSize(zones);
        assertThat(all).filteredOn(Exported::manages).hasSizeGreaterThan(zones / 3);
        assertThat(all).filteredOn(each -> !each.left().isEmpty()).isNotEmpty();
        assertThat(all).filteredOn(each -> each.catchAll().isPresent()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatIsOnlyObservedSaysInItsStatusWhatTheImportSaid(long seed) {
        new VariedZones(new Random(seed)).put(scenario.controls(), 5);

        for (Exported exported : importAll(REFUSING)) {
            MailDomain applied = apply(exported);
            scenario.reconcile(applied);
            MailDomain live = scenario.env().domains().live(applied).orElseThrow();
            if (!exported.manages()) {
                List<String> said = live.getStatus().pendingChanges();
                // The import asks in the name of other installations as well.
                assertThat(exported.pending()).containsAll(said);
            }
        }
        assertThat(scenario.writes()).isEmpty();
    }

    /** Also where DNS tells nothing while importing and all of it later, or the other way round. */
    @ParameterizedTest
    @EnumSource(Quirk.class)
    void howeverCloudflareReadsWhatIsDisputedNothingIsWritten(Quirk quirk) {
        int number = 0;
        for (String reading : quirk.readings()) {
            for (boolean dns : new boolean[] {true, false}) {
                scenario.controls().quirk(quirk, reading);
                new VariedZones(new Random(++number)).put(scenario.controls(), 4);
                dnsWhileImporting = dns;
                scenario.env().dnsAnswers(!dns);

                List<MailDomain> applied =
                        importAll(REFUSING).stream().map(this::apply).toList();
                scenario.turn();
                scenario.turn();

                assertThat(scenario.writes()).as(reading).isEmpty();
                applied.forEach(domain ->
                        scenario.controls().removeZone(domain.getSpec().domain()));
                applied.forEach(domain -> scenario.env().domains().remove(domain));
                scenario.env().rules().all().forEach(scenario.env().rules()::remove);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void whatWasObservedIsWhatManagingItDoes(long seed) {
        new VariedZones(new Random(seed)).put(scenario.controls(), 5);

        for (Exported exported : importAll(REFUSING)) {
            MailDomain observing = apply(exported);
            scenario.reconcile(observing);
            List<String> shown = Optional.ofNullable(scenario.env()
                            .domains()
                            .live(observing)
                            .orElseThrow()
                            .getStatus()
                            .pendingChanges())
                    .orElse(List.of());
            scenario.controls().clearCalls();

            MailDomain managed = apply(ManifestText.of(exported).replace("  mode: Observe\n", ""));
            for (int look = 0; look < 5; look++) {
                scenario.reconcile(managed);
            }

            assertThat(scenario.writes()).as(shown.toString()).hasSameSizeAs(shown);
        }
    }

    @Test
    void aZoneThatIsInOrderIsManagedAsItIs() {
        scenario.zone("""
                {'routing':true,'subdomains':['in'],'support_subaddress':true,'rules':[
                 {'address':'Support@example.com','forward_to':'Team@corp.example','name':'by hand'},
                 {'address':'no@in.example.com','worker':'mailbox','priority':10},
                 {'address':'spam@example.com','drop':true,'enabled':false}],
                 'catch_all':{'worker':'mailbox'}}""");

        assertThat(ManifestText.of(only(REFUSING)).replaceAll("zone [0-9a-f]{32}", "zone ID"))
                .isEqualTo("""
                        # example.com: zone ID, active, Email Routing on
                        ---
                        apiVersion: maildomain.io/v1alpha1
                        kind: MailDomain
                        metadata:
                          name: example-com
                          namespace: mail
                        spec:
                          domain: example.com
                          zone:
                            policy: AdoptOnly
                          subaddressing: true
                          rules:
                          - address: support@example.com
                            action:
                              forwardTo: team@corp.example
                          - address: no@in.example.com
                            action:
                              worker: mailbox
                            priority: 10
                          - address: spam@example.com
                            action:
                              drop: true
                            enabled: false
                        ---
                        apiVersion: maildomain.io/v1alpha1
                        kind: CatchAllRule
                        metadata:
                          name: example-com
                          namespace: mail
                        spec:
                          domainRef:
                            name: example-com
                          action:
                            worker: mailbox
                        """);
    }

    @Test
    void whatNoManifestSaysStandsAboveItInComments() {
        scenario.zone("""
                {'routing':true,'rules':[
                 {'name':'two\\nlines','matchers':[{'type':'literal','field':'to','value':'a@example.com'},
                   {'type':'literal','field':'to','value':'b@example.com'}],'drop':true},
                 {'address':'worker@example.com','worker':'mailbox','source':'wrangler'},
                 {'address':'loop@example.com','forward_to':'back@example.com'},
                 {'address':'twice@example.com','drop':true},
                 {'address':'twice@example.com','forward_to':'team@corp.example'}],
                 'catch_all':{'actions':[{'type':'forward','value':['one@corp.example','two@corp.example']}]}}""");

        Exported exported = only(REFUSING);

        assertThat(exported.manages()).isTrue();
        assertThat(exported.domain().getSpec().rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.action().forwardTo()).isEqualTo("team@corp.example"));
        assertThat(exported.catchAll()).isEmpty();
        assertThat(ManifestText.of(exported).lines().takeWhile(line -> line.startsWith("#")))
                .hasSize(7)
                .contains(
                        "# - rule \"two?lines\" for a@example.com, b@example.com -> drop: it has several addresses,"
                                + " destinations or actions, or one that a manifest has no words for",
                        "# - rule for worker@example.com -> worker mailbox: wrangler keeps it, by the configuration of a"
                                + " Worker",
                        "# - rule for loop@example.com -> forward back@example.com: it forwards to example.com itself,"
                                + " where mail can loop",
                        "# - rule for twice@example.com -> drop: of several rules for its address another one decides",
                        "# - the catch-all -> forward one@corp.example, two@corp.example: a CatchAllRule has no words for"
                                + " it");
    }

    @Test
    void aZoneWhoseFirstReconcileWouldChangeSomethingIsOnlyObserved() {
        scenario.zone("{'routing':false,'rules':[{'address':'hello@example.com','forward_to':'team@corp.example'}]}");

        Exported exported = only(REFUSING);

        assertThat(exported.manages()).isFalse();
        assertThat(exported.pending()).containsExactly("enable Email Routing for example.com");
        assertThat(ManifestText.of(exported)).contains("# - enable Email Routing for example.com", "  mode: Observe\n");
        MailDomain domain = apply(exported);
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Observing");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aRuleOfAnInstallationThatNoManifestSaysIsNotDeletedByIt() {
        scenario.zone("""
                {'routing':true,'rules':[{'name':'mail/example-com [mdo:us]','address':'loop@example.com',
                 'forward_to':'back@example.com'}]}""");

        Exported exported = only(REFUSING);

        assertThat(exported.pending()).containsExactly("delete rule loop@example.com");
        apply(exported);
        scenario.settle();
        assertThat(scenario.addresses()).containsExactly("loop@example.com");
    }

    @Test
    void afterwardsAChangeOfTheManifestTakesTheRuleOverOrSaysConflictAsItWasChosen() {
        scenario.zone("{'routing':true,'rules':[{'address':'hello@example.com','forward_to':'team@corp.example'}]}");
        MailDomain refusing = apply(only(REFUSING));
        scenario.settle();
        String edited =
                "{'zone':{'policy':'AdoptOnly'},'rules':[{'address':'hello@example.com','action':{'drop':true}}]";

        scenario.domain("example-com", edited + "}");
        scenario.settle();
        assertThat(scenario.ready(refusing)).isEqualTo("False Conflict");
        assertThat(scenario.writes()).isEmpty();

        scenario.domain("example-com", edited + ",'conflictPolicy':'Adopt'}");
        scenario.settle();
        assertThat(scenario.writes()).hasSize(1).first().asString().startsWith("PUT ");
        assertThat(scenario.zone().rules().get(0).name()).contains("[was:", "[mdo:us]");
    }

    private List<Exported> importAll(ManifestChoice choice) {
        ZoneReader reader = new ZoneReader(
                scenario.env()
                        .clients()
                        .forToken(ApiToken.of(scenario.controls()
                                .putToken("importer", ScenarioDsl.runtimeRights())
                                .value())),
                new SimulatedDns(scenario.env().simulator(), () -> dnsWhileImporting),
                Duration.ofSeconds(10),
                scenario.env().simulator().accountId());
        List<Exported> all = new ArrayList<>();
        for (Search search : reader.all()) {
            Search.Found found = (Search.Found) search;
            all.add(reader.read(found.zone(), choice, found.zone().name().replace('.', '-')));
        }
        return all;
    }

    private Exported only(ManifestChoice choice) {
        List<Exported> all = importAll(choice);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** What the text says, not what it was made from. */
    private MailDomain apply(Exported exported) {
        MailDomain domain = apply(ManifestText.of(exported));
        assertThat(domain.getSpec()).isEqualTo(exported.domain().getSpec());
        return domain;
    }

    private MailDomain apply(String manifests) {
        MailDomain domain = null;
        try {
            for (JsonNode document : YAML.readerFor(JsonNode.class)
                    .<JsonNode>readValues(manifests)
                    .readAll()) {
                String name = document.path("metadata").path("name").asText();
                ObjectNode spec = (ObjectNode) document.path("spec");
                if (document.path("kind").asText().equals("MailDomain")) {
                    domain = scenario.domain("mail", name, spec.toString());
                } else {
                    String ref = spec.path("domainRef").path("name").asText();
                    spec.remove("domainRef");
                    scenario.catchAll("mail", name, ref, spec.toString());
                }
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(manifests, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return domain;
    }
}
