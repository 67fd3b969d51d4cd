package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.api.v1alpha1.SubaddressingOwnership;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.controller.maildomain.ModelOperator;
import io.maildomain.operator.controller.maildomain.ModelZone;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipChangesTest {

    private static final String IN = "in.example.com";
    private static final String ID = "1".repeat(32);
    private static final Change ENABLE = new Change.EnableRouting("example.com", false);
    private static final Change RESTORE_RECORDS = new Change.EnableRouting("example.com", true);
    private static final RuleContent PREVIOUS = new RuleContent("by hand", true, 0, "drop", null);
    private static final RuleDraft DRAFT =
            new RuleDraft("", true, 0, List.of(Matcher.to("a@example.com")), List.of(RuleAction.drop()));
    private static final Change ADOPT = new Change.AdoptRule("a@example.com", ID, DRAFT, PREVIOUS);
    private static final Ownership NOTHING = Ownership.nothing();

    private static Ownership routing(RoutingState state) {
        return NOTHING.withRouting(new RoutingOwnership(state));
    }

    private static Ownership settled(Ownership ownership, ModelZone zone, String spec) {
        DesiredState desired = ModelOperator.desired(ScenarioDsl.spec(spec));
        return OwnershipChanges.settled(ownership, zone.observe(desired), desired);
    }

    private static RoutingRule rule(String name) {
        return new RoutingRule(ID, name, true, 0, DRAFT.matchers(), DRAFT.actions(), "api");
    }

    @Test
    void routingIsEnablingBeforeTheCallAndEnabledAfterIt() {
        Ownership before = OwnershipChanges.before(NOTHING, ENABLE);

        assertThat(before).isEqualTo(routing(RoutingState.Enabling));
        assertThat(OwnershipChanges.done(before, ENABLE)).isEqualTo(routing(RoutingState.Enabled));
        assertThat(OwnershipChanges.refused(before, NOTHING, ENABLE)).isEqualTo(NOTHING);
    }

    @Test
    void switchingItOnOnceMoreForgetsNothing() {
        Ownership enabled = routing(RoutingState.Enabled);

        assertThat(OwnershipChanges.before(enabled, ENABLE)).isEqualTo(enabled);
        assertThat(OwnershipChanges.refused(enabled, enabled, ENABLE)).isEqualTo(enabled);
    }

    @Test
    void recordsOfRoutingThatWasOnAreNobodysDoing() {
        assertThat(OwnershipChanges.before(NOTHING, RESTORE_RECORDS)).isEqualTo(NOTHING);
        assertThat(OwnershipChanges.done(NOTHING, RESTORE_RECORDS)).isEqualTo(NOTHING);
    }

    @Test
    void aSubdomainIsNotedOnceAndInOrder() {
        Ownership noted = NOTHING.withSubdomains(List.of("notify.example.com"));

        Ownership before = OwnershipChanges.before(
                OwnershipChanges.before(noted, new Change.AddSubdomain(IN)), new Change.AddSubdomain(IN));

        assertThat(before.subdomains()).containsExactly(IN, "notify.example.com");
        assertThat(OwnershipChanges.done(before, new Change.RemoveSubdomain(IN, List.of(), List.of())))
                .isEqualTo(noted);
        assertThat(OwnershipChanges.refused(before, noted, new Change.AddSubdomain(IN)))
                .isEqualTo(noted);
    }

    @Test
    void aRuleThatIsTakenOverAnewReplacesItsEntry() {
        Ownership old = NOTHING.withAdoptedRules(
                List.of(new AdoptedRule("old@example.com", ID, new RuleContent("old", true, 0, "drop", null))));

        assertThat(OwnershipChanges.before(old, ADOPT).adoptedRules())
                .containsExactly(new AdoptedRule("a@example.com", ID, PREVIOUS));
    }

    @Test
    void anEntryWithoutAnIdStopsNothing() {
        Ownership forged = NOTHING.withAdoptedRules(List.of(new AdoptedRule("a@example.com", null, null)));

        assertThat(OwnershipChanges.before(forged, ADOPT).adoptedRules()).hasSize(2);
        assertThat(OwnershipChanges.refused(forged, NOTHING, ADOPT)).isEqualTo(forged);
        assertThat(settled(forged, new ModelZone().routingOn(), "{}").adoptedRules())
                .isEmpty();
    }

    @Test
    void rulesOfOursNeedNoNote() {
        Change create = new Change.CreateRule("a@example.com", DRAFT);

        assertThat(OwnershipChanges.before(NOTHING, create)).isEqualTo(NOTHING);
        assertThat(OwnershipChanges.done(NOTHING, create)).isEqualTo(NOTHING);
        assertThat(OwnershipChanges.refused(NOTHING, NOTHING, create)).isEqualTo(NOTHING);
    }

    @Test
    void anEnablingWhoseAnswerWasLostIsSettledByALook() {
        Ownership enabling = routing(RoutingState.Enabling);

        assertThat(settled(enabling, new ModelZone().routingOn(), "{}")).isEqualTo(routing(RoutingState.Enabled));
        assertThat(settled(enabling, new ModelZone(), "{}")).isEqualTo(enabling);
    }

    @Test
    void anEntryStaysWhileItsRuleCarriesOurMark() {
        Ownership entry = NOTHING.withAdoptedRules(List.of(new AdoptedRule("a@example.com", ID, PREVIOUS)));

        assertThat(settled(entry, new ModelZone().withRule(rule("[mdo:us]")), "{}"))
                .isEqualTo(entry);
        assertThat(settled(entry, new ModelZone().withRule(rule("by hand")), "{}"))
                .isEqualTo(NOTHING);
        assertThat(settled(entry, new ModelZone(), "{}")).isEqualTo(NOTHING);
    }

    @Test
    void subaddressingIsSettledOnceNobodyAsksAndItIsAsItWas() {
        Ownership noted = NOTHING.withSubaddressing(new SubaddressingOwnership(true));
        ModelZone on = new ModelZone().withSubaddressing(true);

        assertThat(settled(noted, on, "{}")).isEqualTo(NOTHING);
        assertThat(settled(noted, on, "{'subaddressing':true}")).isEqualTo(noted);
        assertThat(settled(noted, new ModelZone(), "{}")).isEqualTo(noted);
    }
}
