package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.controller.offline.VariedZones;
import io.maildomain.operator.controller.offline.ZoneReader;
import io.maildomain.operator.controller.offline.ZoneReader.Planning;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.dns.SimulatedDns;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.ZoneChanges;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a MailDomain in mode Observe shows is what mode Manage then does: that, no more, and nothing is lost on the way. */
class ObservedThenManagedTest {

    private static final String OURS = ",'name':'mail/example [mdo:us]'}";
    private static final String ZONE = "{'status':'active','routing':true,'subdomains':['in'],'rules':["
            + "{'address':'a@example.com','forward_to':'team@corp.example'" + OURS
            + ",{'address':'b@example.com','worker':'mailbox'" + OURS
            + ",{'address':'by@example.com','forward_to':'team@corp.example','name':'by hand'}]}";
    private static final String A = "{'address':'a@example.com','action':{'forwardTo':'team@corp.example'}}";
    private static final String B = "{'address':'b@example.com','action':{'worker':'mailbox'}}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    @AfterEach
    void stop() {
        scenario.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no zone | | 'subdomains':['in'],'subaddressing':true,'rules':[A]",
                "routing off | {'status':'active'} | 'subdomains':['in'],'subaddressing':true,'rules':[A,B]",
                "another provider | {'status':'active','dns_records':[{'type':'MX','content':'mx.old.example','priority':10}]}"
                        + " | 'rules':[A]",
                "another provider, replaced | {'status':'active','dns_records':[{'type':'MX','content':'mx.old.example','priority':10}]}"
                        + " | 'dns':{'existingRecords':'Replace'},'rules':[A]",
                "nothing | ZONE | 'subdomains':['in'],'rules':[A,B]",
                "a rule out, one changed, one new | ZONE | 'subdomains':['in'],'rules':["
                        + "{'address':'a@example.com','action':{'drop':true},'enabled':false},"
                        + "{'address':'new@in.example.com','action':{'worker':'mailbox'}}]",
                "a rule by hand, refused | ZONE | 'rules':[A,B,{'address':'by@example.com','action':{'drop':true}}]",
                "a rule by hand, taken over | ZONE | 'conflictPolicy':'Adopt','rules':[A,B,"
                        + "{'address':'by@example.com','action':{'drop':true}}]",
                "more hosts and subaddressing | ZONE | 'subdomains':['in','notify'],'subaddressing':true,'rules':[A,B]",
                "drift is only reported | ZONE | 'drift':'Report','rules':[A,{'address':'c@example.com','action':{'drop':true}}]"
            })
    void whatIsShownIsWhatIsDone(String name, String zone, String spec) {
        Optional.ofNullable(zone).map(text -> text.replace("ZONE", ZONE)).ifPresent(scenario::zone);
        scenario.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        String wanted = "{" + spec.replaceAll("\\bA\\b", A).replaceAll("\\bB\\b", B) + "}";

        MailDomain domain = scenario.domain("example", observing(wanted));
        List<String> shown = observed(domain);
        assertThat(planned(domain, List.of())).as("without a cluster").isEqualTo(shown);

        assertThat(managed(domain, wanted)).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(scenario.writes()).hasSameSizeAs(shown);
        scenario.domain("example", observing(wanted));
        assertThat(observed(domain)).as("afterwards").isEmpty();
    }

    /** Whatever stands there, and whatever is asked for. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void soItIsForAnyZoneAndSpec(long seed) {
        Random random = new Random(seed);
        scenario.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        scenario.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored");
        scenario.controls().putWorker("old-mailbox");
        new VariedZones(random).next(5).forEach((name, zone) -> {
            withoutSecondRules(zone);
            // Of a catch-all with our mark a plan without a CatchAllRule supposes that it goes.
            zone.remove("catch_all");
            String ascii = scenario.controls().putZone(name, zone.toString()).name();
            String wanted = randomSpec(random, ascii);
            String manifest = ascii.replace('.', '-');
            MailDomain domain = scenario.domain(manifest, observing(wanted));
            List<String> shown = observed(domain);

            assertThat(planned(domain, List.of())).as("%s in %s", wanted, zone).isEqualTo(shown);
            assertThat(managed(domain, wanted)).as("%s in %s", wanted, zone).containsExactlyInAnyOrderElementsOf(shown);
            assertThat(scenario.writes()).hasSameSizeAs(shown);
        });
    }

    /** Cloudflare refuses to change one of several rules for an address, which no plan knows. */
    private static void withoutSecondRules(ObjectNode zone) {
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        zone.withArray("rules")
                .removeIf(rule -> Stream.concat(Stream.of(rule.path("address")), rule.findValues("value").stream())
                                .filter(JsonNode::isTextual)
                                .filter(address -> !taken.add(address.asText()))
                                .count()
                        > 0);
    }

    private static String randomSpec(Random random, String domain) {
        Set<String> addresses = new TreeSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String local = List.of("info", "sales", "a.b", "team", "no", "new").get(random.nextInt(6));
            addresses.add(local + "@" + List.of("", "", "in.", "notify.").get(random.nextInt(4)) + domain);
        }
        String rules = addresses.stream()
                .map(address -> "{'address':'%s','action':{%s},'enabled':%s}"
                        .formatted(
                                address,
                                List.of("'forwardTo':'team@corp.example'", "'worker':'mailbox'", "'drop':true")
                                        .get(random.nextInt(3)),
                                random.nextInt(5) > 0))
                .collect(Collectors.joining(","));
        return "{'domain':'%s','rules':[%s],'conflictPolicy':'%s','dns':{'existingRecords':'%s'},'drift':'%s'%s}"
                .formatted(
                        domain,
                        rules,
                        random.nextBoolean() ? "Refuse" : "Adopt",
                        random.nextBoolean() ? "Refuse" : "Replace",
                        random.nextBoolean() ? "Correct" : "Report",
                        List.of("", ",'subaddressing':true", ",'subaddressing':false", ",'subdomains':['in']")
                                .get(random.nextInt(4)));
    }

    /** What the operator did before is remembered while it only watches, whatever others do meanwhile, and undone at last. */
    @Test
    void whatWasManagedBeforeIsNotForgottenWhileItIsOnlyObserved() {
        scenario.zone("{'status':'active','routing':true,'rules':["
                + "{'address':'by@example.com','forward_to':'team@corp.example','name':'by hand'}]}");
        JsonNode atFirst = scenario.controls().comparableState();
        MailDomain domain = scenario.domain(
                "example",
                "{'conflictPolicy':'Adopt','subdomains':['in'],'subaddressing':true,'rules':[" + A
                        + ",{'address':'by@example.com','action':{'drop':true}}]}");
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        Ownership noted = scenario.ownership(domain);
        String fewer = "{'conflictPolicy':'Adopt','rules':[" + A + "]}";

        scenario.domain("example", observing(fewer));
        anotherUserDeletes("a@example.com");
        List<String> shown = observed(domain);
        scenario.restarts();

        assertThat(observed(domain)).isEqualTo(shown);
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "create rule a@example.com -> team@corp.example",
                        "give back rule by@example.com -> team@corp.example",
                        "remove mail records of in.example.com",
                        "switch subaddressing off for example.com");
        assertThat(scenario.ownership(domain)).isEqualTo(noted);
        assertThat(managed(domain, fewer)).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(scenario.writes()).hasSameSizeAs(shown);

        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.controls().comparableState().path("zones")).isEqualTo(atFirst.path("zones"));
    }

    /** The catch-all is its CatchAllRule's, which follows its MailDomain. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no zone | | Correct | True",
                "routing off | {'status':'active'} | Correct | True",
                "another provider | {'status':'active','dns_records':[{'type':'MX','content':'mx.old.example','priority':10}]}"
                        + " | Correct | none",
                "untouched | {'status':'active','routing':true} | Correct | True",
                "drift is only reported | {'status':'active','routing':true} | Report | True",
                "by hand | {'status':'active','routing':true,'catch_all':{'forward_to':'team@corp.example','name':'by hand'}} | Correct"
                        + " | True",
                "by hand, the same | {'status':'active','routing':true,'catch_all':{'worker':'mailbox','name':'by hand'}} | Correct"
                        + " | False",
                "of another installation | {'status':'active','routing':true,'catch_all':{'drop':true,'name':'[mdo:others]'}} | Correct"
                        + " | False"
            })
    void aCatchAllSaysWhatIsDoneToo(String name, String zone, String drift, String changes) {
        Optional.ofNullable(zone).ifPresent(scenario::zone);
        String spec = "{'drift':'" + drift + "','rules':[" + A + "]}";
        MailDomain domain = scenario.domain("example", observing(spec));
        CatchAllRule rule = scenario.catchAll("rest", "{'action':{'worker':'mailbox'}}");

        List<String> shown = new ArrayList<>(observed(domain));
        if (changes.equals("none")) {
            assertThat(scenario.ready(rule)).isEqualTo("False DomainNotReady");
        } else {
            assertThat(scenario.ready(rule)).isEqualTo("True Observing");
            pending(rule).ifPresent(shown::add);
            assertThat(pending(rule).isPresent()).isEqualTo(changes.equals("True"));
        }
        assertThat(planned(domain, List.of(rule))).as("without a cluster").isEqualTo(shown);

        assertThat(managed(domain, spec)).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(scenario.writes()).hasSameSizeAs(shown);
        scenario.domain("example", observing(spec));
        assertThat(observed(domain)).as("afterwards").isEmpty();
        assertThat(pending(rule)).as("afterwards").isEmpty();
    }

    @Test
    void whatTheCatchAllWasComesBackThoughTheMailDomainOnlyObservedForAWhile() {
        scenario.zone(
                "{'status':'active','routing':true,'catch_all':{'forward_to':'team@corp.example','name':'by hand'}}");
        MailDomain domain = scenario.domain("example", "{}");
        CatchAllRule rule = scenario.catchAll("rest", "{'action':{'worker':'mailbox'}}");
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        scenario.domain("example", observing("{}"));
        observed(domain);

        scenario.catchAll("rest", "{'action':{'drop':true}}");
        observed(domain);
        assertThat(pending(rule)).contains("set the catch-all to drop");
        scenario.restarts();
        observed(domain);
        assertThat(pending(rule)).contains("set the catch-all to drop");

        assertThat(managed(domain, "{}")).containsExactly("set the catch-all to drop");
        assertThat(scenario.writes()).hasSize(1);
        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("by hand");
        assertThat(scenario.zone().catchAll().actions()).singleElement().satisfies(action -> assertThat(action.value())
                .containsExactly("team@corp.example"));
    }

    /** Empty: nothing would be written. */
    private Optional<String> pending(CatchAllRule rule) {
        return scenario.env().rules().live(rule).orElseThrow().getStatus().conditions().stream()
                .filter(condition ->
                        condition.type().equals("InSync") && condition.reason().equals("OutOfSync"))
                .map(condition -> condition.message().replace("1 change would be made: ", ""))
                .findFirst();
    }

    private void anotherUserDeletes(String address) {
        scenario.controls()
                .changed(
                        FakeEnvironment.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .filter(rule -> !rule.matchers().get(0).value().equals(address))
                                .toList()));
    }

    private static String observing(String spec) {
        return ScenarioDsl.with(spec, "'mode':'Observe'");
    }

    /** What is shown once it has settled, without a write. */
    private List<String> observed(MailDomain domain) {
        scenario.controls().clearCalls();
        JsonNode before = scenario.controls().comparableState();
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Observing");
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.controls().comparableState()).isEqualTo(before);
        return Optional.ofNullable(scenario.env()
                        .domains()
                        .live(domain)
                        .orElseThrow()
                        .getStatus()
                        .pendingChanges())
                .orElse(List.of());
    }

    /** What is done once it has settled. */
    private List<String> managed(MailDomain domain, String spec) {
        String name = domain.getSpec().domain();
        Optional<Zone> before = scenario.controls().zone(name);
        scenario.controls().clearCalls();
        scenario.domain(domain.getMetadata().getName(), spec);
        scenario.settle();
        return scenario.controls()
                .zone(name)
                .map(after -> ZoneChanges.between(before.orElse(null), after))
                .orElse(List.of());
    }

    private List<String> planned(MailDomain domain, List<CatchAllRule> catchAlls) {
        ZoneReader reader = new ZoneReader(
                scenario.env()
                        .clients()
                        .forToken(ApiToken.of(scenario.controls()
                                .putToken("planner", ScenarioDsl.runtimeRights())
                                .value())),
                new SimulatedDns(scenario.env().simulator(), () -> true),
                Duration.ofSeconds(10),
                scenario.env().simulator().accountId());
        return ((Planning.Done) reader.plan(domain, catchAlls, "us")).plan().changes();
    }
}
