package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the records do besides holding values. */
class ValuesTest {
    private static final ZoneOwnership ZONE =
            new ZoneOwnership("z", "a", ZoneOrigin.Created, Instant.parse("2026-11-24T02:03:04Z"));

    @Test
    void aRuleKnowsTheHostOfItsAddress() {
        assertThat(MailRule.of("bot@in.example.com", Action.dropping()).host()).isEqualTo("in.example.com");
    }

    @Test
    void anActionSaysWhichAlternativeItIs() {
        assertThat(Action.forwarding("a@corp.example").wantedForwardTo()).contains("a@corp.example");
        assertThat(Action.forwarding("a@corp.example").wantedWorker()).isEmpty();
        assertThat(Action.handingTo("mailbox").wantedWorker()).contains("mailbox");
        assertThat(Action.handingTo("mailbox").drops()).isFalse();
        assertThat(Action.dropping().drops()).isTrue();
    }

    @Test
    void anOwnershipRecordChangesOneNoteAndKeepsTheOthers() {
        AdoptedRule rule =
                new AdoptedRule("a@example.com", "r", new RuleContent("old", true, 0, "worker", "their-worker"));
        Ownership full = Ownership.nothing()
                .withZone(ZONE)
                .withRouting(new RoutingOwnership(RoutingState.Enabling))
                .withSubdomains(List.of("in.example.com"))
                .withSubaddressing(new SubaddressingOwnership(false))
                .withAdoptedRules(List.of(rule));

        assertThat(full)
                .isEqualTo(new Ownership(
                        ZONE,
                        new RoutingOwnership(RoutingState.Enabling),
                        List.of("in.example.com"),
                        new SubaddressingOwnership(false),
                        List.of(rule)));
        assertThat(full.withZone(null).notedZone()).isEmpty();
        assertThat(full.withZone(null).notedRouting()).isEqualTo(full.notedRouting());
    }

    @Test
    void listsAreCopiesThatNobodyChanges() {
        List<String> subdomains = new ArrayList<>(List.of("in"));
        MailDomainSpec spec = new MailDomainSpec(
                "example.com", null, null, null, subdomains, null, null, null, null, null, null, null);
        subdomains.add("late");

        assertThat(spec.subdomains()).containsExactly("in");
        assertThatThrownBy(() -> spec.rules().add(null)).isInstanceOf(UnsupportedOperationException.class);
    }
}
