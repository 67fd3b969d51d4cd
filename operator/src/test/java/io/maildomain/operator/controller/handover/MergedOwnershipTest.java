package io.maildomain.operator.controller.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.SubaddressingOwnership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergedOwnershipTest {

    private static final Ownership LEFT = new Ownership(
            zone("z", ZoneOrigin.Created),
            new RoutingOwnership(RoutingState.Enabled),
            List.of("b.example.com"),
            new SubaddressingOwnership(true),
            List.of(new AdoptedRule("a@example.com", "1", null)));

    private static ZoneOwnership zone(String id, ZoneOrigin origin) {
        return new ZoneOwnership(id, "account", origin, null);
    }

    @Test
    void oneThatNotesNothingGetsEverything() {
        assertThat(MergedOwnership.of(LEFT, Ownership.nothing())).isEqualTo(LEFT);
    }

    @Test
    void mergingAgainChangesNothing() {
        Ownership known = new Ownership(
                zone("z", ZoneOrigin.Adopted),
                null,
                List.of("a.example.com"),
                new SubaddressingOwnership(false),
                List.of(new AdoptedRule("c@example.com", "2", null)));
        Ownership once = MergedOwnership.of(LEFT, known);
        assertThat(once.zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(once.subdomains()).containsExactly("a.example.com", "b.example.com");
        assertThat(once.subaddressing().previous()).as("the earlier of the two").isFalse();
        assertThat(once.adoptedRules()).extracting(AdoptedRule::id).containsExactly("1", "2");
        assertThat(MergedOwnership.of(LEFT, once)).isEqualTo(once);
    }

    @Test
    void anAdoptedZoneDoesNotBecomeACreatedOneUnlessTheSuccessorMadeItItself() {
        Ownership adopted = LEFT.withZone(zone("z", ZoneOrigin.Adopted));
        Ownership made = Ownership.nothing().withZone(zone("z", ZoneOrigin.Created));
        assertThat(MergedOwnership.of(adopted, Ownership.nothing()).zone().origin())
                .isEqualTo(ZoneOrigin.Adopted);
        assertThat(MergedOwnership.of(adopted, made).zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void itIsNeverLongerThanTheApiTakes() {
        Ownership many = LEFT.withSubdomains(
                IntStream.range(0, 50).mapToObj(i -> "l" + i + ".example.com").toList());
        Ownership others = LEFT.withSubdomains(
                IntStream.range(0, 50).mapToObj(i -> "r" + i + ".example.com").toList());
        assertThat(MergedOwnership.of(many, others).subdomains()).hasSize(60).containsAll(many.subdomains());
    }
}
