package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.ScenarioDsl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look that a user asks for by annotation is acknowledged in the status, once it was had. */
class RequestedLookTest {

    private static final String REQUEST = Conditioned.RECONCILE_REQUESTED;

    private final ScenarioDsl scenario = new ScenarioDsl().usual();
    private MailDomain domain;

    @BeforeEach
    void aHealthyDomain() {
        scenario.zone("{'status':'active','routing':true}");
        domain = scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private String handled() {
        return scenario.env().domains().live(domain).orElseThrow().getStatus().lastHandledReconcileAt();
    }

    @Test
    void theStatusHasTheValueOfTheLastRequest() {
        assertThat(handled()).isNull();

        scenario.annotate(domain, REQUEST, "2026-11-28T12:00:00Z");
        assertThat(handled()).isNull();
        scenario.turn();
        assertThat(handled()).isEqualTo("2026-11-28T12:00:00Z");

        scenario.annotate(domain, REQUEST, "2026-11-28T12:05:00Z");
        scenario.settle();
        assertThat(handled()).isEqualTo("2026-11-28T12:05:00Z");
        scenario.nothingFlaps();
    }

    @Test
    void aSuspendedDomainHeedsItToo() {
        domain = scenario.domain("paused", "{'domain':'paused.example','suspend':true,'rules':[]}");
        scenario.annotate(domain, REQUEST, "now");
        scenario.turn();

        assertThat(scenario.ready(domain)).isEqualTo("Unknown Suspended");
        assertThat(handled()).isEqualTo("now");
    }

    @Test
    void aValueThatIsLongerThanAnyDateIsCutRatherThanRefused() {
        scenario.annotate(domain, REQUEST, "x".repeat(300));
        scenario.turn();

        assertThat(handled()).hasSize(64).endsWith("x…");
    }

    @Test
    void aCatchAllHeedsItToo() {
        CatchAllRule rule = scenario.catchAll("rest", "{'action':{'drop':true}}");
        scenario.settle();
        scenario.annotate(rule, REQUEST, "now");
        scenario.settle();

        assertThat(scenario.env().rules().live(rule).orElseThrow().getStatus().lastHandledReconcileAt())
                .isEqualTo("now");
    }
}
