package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts that name one budget share what one Cloudflare user may send. */
class SharedBudgetTest {

    private static final int REQUESTS = 100;

    private ScenarioDsl scenario;

    @BeforeEach
    void twoAccounts() {
        scenario = new ScenarioDsl(Options.usual().withRequests(REQUESTS)).usual();
        scenario.token("others", "another", ScenarioDsl.runtimeRights());
        scenario.account(
                "other",
                "others",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private List<MailDomain> manyDomains(String account) {
        return IntStream.range(0, 40)
                .mapToObj(number -> {
                    String domain = account + number + ".example";
                    scenario.zone(domain, "{'status':'active','routing':true}");
                    return scenario.domain(
                            account,
                            domain,
                            "{'domain':'" + domain + "','rules':[],'credentials':{'accountRef':{'name':'" + account
                                    + "'}}}");
                })
                .toList();
    }

    private int callsOf(List<MailDomain> domains) {
        scenario.controls().clearCalls();
        domains.forEach(scenario::reconcile);
        return scenario.controls().calls().size();
    }

    @Test
    void withoutANameEachTokenHasABudgetOfItsOwn() {
        assertThat(callsOf(manyDomains("default"))).isPositive();
        assertThat(callsOf(manyDomains("other"))).isPositive();
    }

    @Test
    void accountsOfOneNameHaveOneBudgetInSum() {
        scenario.budget("default", "team-cf");
        scenario.budget("other", "team-cf");
        List<MailDomain> one = manyDomains("default");
        List<MailDomain> other = manyDomains("other");
        scenario.later(Duration.ofMinutes(10));

        int calls = callsOf(one);
        assertThat(calls).isBetween(REQUESTS / 4 - 10, REQUESTS / 4 + REQUESTS / 20);
        assertThat(calls + callsOf(other)).isLessThanOrEqualTo(REQUESTS / 4 + REQUESTS / 20);
    }

    @Test
    void aNameThatIsGivenOrTakenTakesEffectWithoutARestart() {
        scenario.reconcileAccount("default");
        scenario.reconcileAccount("other");
        List<MailDomain> one = manyDomains("default");
        List<MailDomain> other = manyDomains("other");
        scenario.later(Duration.ofMinutes(10));
        callsOf(one);

        scenario.budget("default", "team-cf");
        scenario.budget("other", "team-cf");
        assertThat(callsOf(other)).as("what the first has used up counts").isLessThanOrEqualTo(REQUESTS / 20);

        scenario.budget("default", null);
        scenario.budget("other", null);
        scenario.later(Duration.ofMinutes(10));
        assertThat(callsOf(one)).isGreaterThan(REQUESTS / 5);
        assertThat(callsOf(other)).isGreaterThan(REQUESTS / 5);
    }
}
