package io.maildomain.operator.controller.watches;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watches of two kinds are not in step: whichever shows something first, all whom it concerns are woken. */
class WatchMapperTest {

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual()).usual();
    private final WatchMapper watches = new WatchMapper();
    private final List<String> woken = new ArrayList<>();
    private MailDomain domain;
    private CatchAllRule rule;

    @BeforeEach
    void aDomainWithItsCatchAll() {
        scenario.zone("example.com", "{'status':'active','routing':true}");
        domain = scenario.domain("mail", "example-com", "{'domain':'example.com','rules':[]}");
        rule = scenario.catchAll("mail", "all", "example-com", "{'action':{'drop':true}}");
        scenario.settle();
        watches.catchAllRules().setEventHandler(new EventHandler() {
            @Override
            public void handleEvent(Event event) {
                woken.add(event.getRelatedCustomResourceID().getName());
            }
        });
        watches.catchAllRules().start();
        watches.watch(scenario.env().cluster(), any -> true);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailDomain going() {
        scenario.delete(domain);
        return scenario.env().cluster().mailDomain("mail", "example-com").orElseThrow();
    }

    @Test
    void theDeletionOfAMailDomainWakesItsCatchAll() {
        watches.mailDomainChanged(new Change<>(domain, going()));

        assertThat(woken).containsExactly("all");
    }

    @Test
    void aCatchAllThatIsShownOnlyAfterThatDeletionIsWokenOnceItIs() {
        going();

        watches.catchAllRuleChanged(new Change<>(null, rule));

        assertThat(woken).containsExactly("all");
    }

    @Test
    void ofADomainThatStaysItIsNot() {
        watches.catchAllRuleChanged(new Change<>(null, rule));
        watches.catchAllRuleChanged(new Change<>(rule, rule));

        assertThat(woken).isEmpty();
    }
}
