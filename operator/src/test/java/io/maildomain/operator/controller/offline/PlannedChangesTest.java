package io.maildomain.operator.controller.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.offline.ZoneReader.Planning;
import io.maildomain.operator.controller.offline.plan.DomainPlan;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.dns.SimulatedDns;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plan says of a change of the files, and that the reconcile then does just that. */
class PlannedChangesTest {

    private static final String OURS = ",'name':'mail/example-com [mdo:us]'}";
    private static final String ZONE = "{'routing':true,'subdomains':['in'],'support_subaddress':true,'rules':["
            + "{'address':'a@example.com','forward_to':'team@corp.example'" + OURS
            + ",{'address':'b@example.com','forward_to':'team@corp.example'" + OURS
            + ",{'address':'c@example.com','worker':'mailbox'" + OURS
            + ",{'address':'bot@in.example.com','worker':'mailbox'" + OURS
            + ",{'address':'spam@example.com','drop':true" + OURS
            + ",{'address':'by@example.com','forward_to':'team@corp.example','name':'by hand'}]"
            + ",'catch_all':{'forward_to':'all@corp.example'" + OURS + "}";

    private static final String A = "{'address':'a@example.com','action':{'forwardTo':'team@corp.example'}}";
    private static final String B = "{'address':'b@example.com','action':{'forwardTo':'team@corp.example'}}";
    private static final String C = "{'address':'c@example.com','action':{'worker':'mailbox'}}";
    private static final String BOT = "{'address':'bot@in.example.com','action':{'worker':'mailbox'}}";
    private static final String SPAM = "{'address':'spam@example.com','action':{'drop':true}}";
    private static final String ALL = "{'action':{'forwardTo':'all@corp.example'}}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();
    private boolean dns = true;

    @AfterEach
    void stop() {
        scenario.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nothing | A,B,C,BOT,SPAM | | ALL | no mail changes its way",
                "one rule out, and there is a catch-all | B,C,BOT,SPAM | | ALL | 1 address changes its reader",
                "three out, one elsewhere, catch-all drops | SPAM,{'address':'c@example.com','action':{'forwardTo':'team@corp.example'}}"
                        + " | | {'action':{'drop':true}} | 3 addresses stop receiving, 1 address changes its reader, mail that no rule"
                        + " names is dropped",
                "a rule off | {'address':'a@example.com','action':{'forwardTo':'team@corp.example'},'enabled':false},B,C,BOT,SPAM"
                        + " | | ALL | 1 address changes its reader",
                "a rule drops | {'address':'a@example.com','action':{'drop':true}},B,C,BOT,SPAM | | ALL | 1 address stops"
                        + " receiving",
                "spam is read | A,B,C,BOT,{'address':'spam@example.com','action':{'worker':'mailbox'}} | | ALL | 1 address starts"
                        + " receiving",
                "catch-all off | A,B,C,BOT,SPAM | | {'action':{'forwardTo':'all@corp.example'},'enabled':false} | mail that no rule"
                        + " names is refused",
                "catch-all elsewhere | A,B,C,BOT,SPAM | | {'action':{'worker':'mailbox'}} | mail that no rule names goes to Worker"
                        + " mailbox",
                "subaddressing off | A,B,C,BOT,SPAM | 'subaddressing':false | ALL | user+detail@ no longer reaches user@",
                "a rule by hand, refused | A,B,C,BOT,SPAM,{'address':'by@example.com','action':{'drop':true}} | | ALL | no mail"
                        + " changes its way",
                "a rule by hand, taken over | A,B,C,BOT,SPAM,{'address':'by@example.com','action':{'drop':true}}"
                        + " | 'conflictPolicy':'Adopt' | ALL | 1 address stops receiving",
                "a new address | A,B,C,BOT,SPAM,{'address':'new@example.com','action':{'worker':'mailbox'}} | | ALL | 1 address"
                        + " changes its reader"
            })
    void itSaysWhoLosesMailAndTheReconcileDoesAsItSaid(
            String name, String rules, String more, String catchAll, String sentence) {
        scenario.zone(ZONE);
        scenario.controls().putAddress("all@corp.example", true);
        MailDomain domain = scenario.domain("example-com", spec(rules, more));
        CatchAllRule rule = scenario.catchAll("mail", "example-com", "example-com", catchAll.replace("ALL", ALL));

        DomainPlan plan = plan(domain, List.of(rule));
        scenario.controls().clearCalls();
        scenario.settle();

        assertThat(plan.mail().sentence()).isEqualTo(sentence);
        assertThat(scenario.writes()).as(plan.changes().toString()).hasSameSizeAs(plan.changes());
        assertThat(plan(domain, List.of(rule)).changes()).isEmpty();
    }

    @Test
    void mailOfAnotherProviderIsNotTakenSilently() {
        scenario.zone("{'routing':false,'dns_records':[{'type':'MX','content':'mx.provider.example','priority':10}]}");
        MailDomain refusing = scenario.domain("example-com", "{'rules':[" + A + "]}");

        DomainPlan refused = plan(refusing, List.of());
        assertThat(refused.waits()).isFalse();
        assertThat(refused.notes()).anyMatch(note -> note.startsWith("example.com: Foreign, "));

        MailDomain replacing =
                scenario.domain("example-com", "{'dns':{'existingRecords':'Replace'},'rules':[" + A + "]}");
        DomainPlan plan = plan(replacing, List.of());
        assertThat(plan.mail().losesMail()).isTrue();
        assertThat(plan.mail().sentence())
                .isEqualTo("1 address starts receiving, mail of example.com leaves its present provider,"
                        + " mail that no rule names is refused");
    }

    @Test
    void aZoneThatIsNotThereIsCreated() {
        MailDomain domain = scenario.domain(
                "new", "{'domain':'new.example','rules':[" + A.replace("example.com", "new.example") + "]}");

        DomainPlan plan = plan(domain, List.of());

        assertThat(plan.changes())
                .containsExactly(
                        "create zone new.example",
                        "enable Email Routing for new.example",
                        "create rule a@new.example -> team@corp.example");
        assertThat(plan.mail().sentence()).startsWith("1 address starts receiving");
        assertThat(plan.mail().losesMail()).isFalse();
        assertThat(plan.notes()).isEmpty();
        scenario.controls().clearCalls();
        scenario.settle();
        assertThat(scenario.writes()).hasSize(3);
    }

    /** It noted so in the status, which a plan has not: what it wrote there tells. */
    @Test
    void aZoneThatTheOperatorCreatedForADomainThatTakesNoOtherIsPlanned() {
        String only = "{'domain':'new.example','zone':{'policy':'CreateOnly'},'rules':[%s]}";
        String rule = A.replace("example.com", "new.example");
        scenario.domain("new", only.formatted(rule));
        scenario.settle();
        MailDomain domain = scenario.domain("new", only.formatted(""));

        DomainPlan plan = plan(domain, List.of());
        scenario.controls().clearCalls();
        scenario.settle();

        assertThat(plan.changes()).containsExactly("delete rule a@new.example");
        assertThat(plan.waits()).isTrue();
        assertThat(plan.notes()).singleElement().asString().contains("CreateOnly", "mail/new");
        assertThat(scenario.writes()).hasSize(1);
    }

    @Test
    void aZoneOfOthersIsNotPlannedForADomainThatTakesNone() {
        scenario.zone(ZONE.replace("mail/example-com", "mail/other"));
        MailDomain domain = scenario.domain("example-com", spec("A", "'zone':{'policy':'CreateOnly'}"));

        Planning planning = reader().plan(domain, List.of(), "");
        scenario.controls().clearCalls();
        scenario.settle();

        assertThat(((Planning.Blocked) planning).why()).contains("exists already", "CreateOnly", "without a cluster");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void whatOnlyObservesIsPlannedAndDoesNotWait() {
        scenario.zone(ZONE);

        DomainPlan plan = plan(scenario.domain("example-com", spec("A", "'mode':'Observe'")), List.of());

        assertThat(plan.changes()).isNotEmpty();
        assertThat(plan.waits()).isFalse();
    }

    @Test
    void aRuleThatWasTakenOverIsGivenBack() {
        scenario.zone(
                "{'routing':true,'rules':[{'address':'by@example.com','forward_to':'team@corp.example','name':'by hand'}]}");
        scenario.domain(
                "example-com",
                "{'conflictPolicy':'Adopt','rules':[{'address':'by@example.com','action':{'drop':true}}]}");
        scenario.settle();

        DomainPlan plan = plan(scenario.domain("example-com", "{'conflictPolicy':'Adopt','rules':[]}"), List.of());

        assertThat(plan.changes())
                .containsExactly("give back the rule for by@example.com, as it was before it was taken over");
        assertThat(plan.waits()).isTrue();
        assertThat(plan.mail().losesMail()).isTrue();
        assertThat(plan.mail().sentence()).isEqualTo("1 change back to what is not known here");
        scenario.controls().clearCalls();
        scenario.settle();
        assertThat(scenario.writes()).hasSize(1);
    }

    @Test
    void theCatchAllIsGivenBackOnceItsCatchAllRuleIsNotInTheFiles() {
        scenario.zone("{'routing':true}");
        MailDomain domain = scenario.domain("example-com", "{'rules':[]}");
        CatchAllRule rule =
                scenario.catchAll("mail", "all", "example-com", "{'action':{'forwardTo':'team@corp.example'}}");
        scenario.settle();

        DomainPlan plan = plan(domain, List.of());
        scenario.controls().clearCalls();
        scenario.delete(rule);
        scenario.settle();

        assertThat(plan.changes()).singleElement().asString().startsWith("give back the catch-all, ");
        assertThat(plan.waits()).isTrue();
        assertThat(plan.mail().losesMail()).isTrue();
        assertThat(scenario.writes()).hasSize(1);
        assertThat(plan(domain, List.of()).changes()).isEmpty();
    }

    @Test
    void subaddressingThatTheFilesDoNotSayIsNamed() {
        scenario.zone("{'routing':true,'support_subaddress':true}");

        DomainPlan plan = plan(scenario.domain("example-com", "{'rules':[]}"), List.of());

        assertThat(plan.notes())
                .singleElement()
                .asString()
                .startsWith("subaddressing is on, and the files do not say it");
    }

    @Test
    void whereDriftIsOnlyReportedThatIsNamedBesideWhatWouldChange() {
        scenario.zone(ZONE);
        String report = "'drift':'Report'";

        assertThat(plan(scenario.domain("example-com", spec("A", report)), List.of())
                        .notes())
                .anyMatch(note -> note.startsWith("drift is Report: "));
        assertThat(plan(
                                scenario.domain("example-com", spec("A,B,C,BOT,SPAM", report)),
                                List.of(scenario.catchAll("mail", "example-com", "example-com", ALL)))
                        .notes())
                .isEmpty();
    }

    @Test
    void whichOfSeveralCatchAllRulesDecidesIsNotKnown() {
        scenario.zone("{'routing':true}");
        MailDomain domain = scenario.domain("example-com", "{'rules':[]}");
        CatchAllRule one = scenario.catchAll("mail", "one", "example-com", "{'action':{'drop':true}}");
        CatchAllRule two = scenario.catchAll("mail", "two", "example-com", "{'action':{'worker':'mailbox'}}");

        assertThat(plan(domain, List.of(one, two)).open())
                .singleElement()
                .asString()
                .startsWith("several CatchAllRules");
    }

    @Test
    void rulesOfAnotherInstallationAreNotOurs() {
        scenario.zone(ZONE);
        MailDomain domain = scenario.domain("example-com", spec("A,B,C,BOT", ""));

        CatchAllRule all = scenario.catchAll("mail", "example-com", "example-com", ALL);

        assertThat(plan(domain, List.of(all)).changes()).containsExactly("delete rule spam@example.com");
        Planning other = reader().plan(domain, List.of(all), "other");
        assertThat(((Planning.Done) other).plan().changes()).isEmpty();
        // They are named after this very MailDomain: who says that it is no earlier id of the same installation?
        assertThat(((Planning.Done) other).plan().open())
                .singleElement()
                .asString()
                .contains("[mdo:us]");
    }

    @Test
    void rulesOfMailboxesAreNamed() {
        scenario.zone("{'routing':true,'rules':[{'address':'team@example.com','forward_to':'team@corp.example',"
                + "'name':'mail/example-com [mailbox:team-a] [mdo:us]'}]}");

        DomainPlan plan = plan(scenario.domain("example-com", "{'rules':[]}"), List.of());

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.notes()).singleElement().asString().startsWith("rules that Mailboxes asked for: 1. ");
    }

    /** The operator noted that it added the records, so it goes on with the rules; a plan has no such note. */
    @Test
    void whereNoLookTellsOfASubdomainItsRulesArePlannedAndThatIsNamed() {
        scenario.zone("{'routing':true}");
        scenario.domain("example-com", "{'rules':[" + BOT + "]}");
        scenario.settle();
        nothingIsSeenOfSubdomains();

        String drops = "{'rules':[{'address':'bot@in.example.com','action':{'drop':true}}]}";
        MailDomain domain = scenario.domain("example-com", drops);
        DomainPlan plan = plan(domain, List.of());
        scenario.controls().clearCalls();
        scenario.settle();

        assertThat(plan.changes()).containsExactly("update rule bot@in.example.com -> drop");
        assertThat(plan.mail().losesMail()).isTrue();
        assertThat(plan.open()).singleElement().asString().startsWith("in.example.com: whether its mail records stand");
        assertThat(scenario.writes()).hasSize(1);
    }

    @Test
    void whereNoLookTellsOfASubdomainOfOthersThatIsNamed() {
        scenario.zone("{'routing':true,'subdomains':['in']}");
        nothingIsSeenOfSubdomains();

        DomainPlan plan = plan(scenario.domain("example-com", "{'rules':[" + BOT + "]}"), List.of());

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.open()).singleElement().asString().startsWith("in.example.com: Unknown, it cannot be seen");
    }

    private void nothingIsSeenOfSubdomains() {
        scenario.controls().quirk(Quirk.DNS_FORM, "array");
        scenario.env().dnsAnswers(false);
        dns = false;
    }

    private DomainPlan plan(MailDomain domain, List<CatchAllRule> catchAlls) {
        return ((Planning.Done) reader().plan(domain, catchAlls, "")).plan();
    }

    private ZoneReader reader() {
        return new ZoneReader(
                scenario.env()
                        .clients()
                        .forToken(ApiToken.of(scenario.controls()
                                .putToken("planner", ScenarioDsl.runtimeRights())
                                .value())),
                new SimulatedDns(scenario.env().simulator(), () -> dns),
                Duration.ofSeconds(10),
                scenario.env().simulator().accountId());
    }

    private static String spec(String rules, String more) {
        String all = rules.replaceAll("\\bA\\b", A)
                .replaceAll("\\bB\\b", B)
                .replaceAll("\\bC\\b", C)
                .replaceAll("\\bBOT\\b", BOT)
                .replaceAll("\\bSPAM\\b", SPAM);
        String subaddressing = more != null && more.contains("subaddressing") ? "" : ",'subaddressing':true";
        return "{'rules':[" + all + "]" + subaddressing + (more == null || more.isBlank() ? "" : "," + more) + "}";
    }
}
