package io.maildomain.operator.controller.offline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.controller.maildomain.DomainArbitraries;
import io.maildomain.operator.controller.maildomain.ModelOperator;
import io.maildomain.operator.controller.maildomain.ModelZone;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is said of mail is what becomes of it. */
class ForecastProperties {

    @Property(tries = 1_000)
    void afterAReconcileMailGoesWhereThePlanSaid(
            @ForAll("zones") ModelZone zone, @ForAll("specs") MailDomainSpec spec) {
        DesiredState desired = ModelOperator.desired(spec);
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());
        ObservedState before = zone.observe(desired);
        ObservedState foretold = Forecast.after(before, operator.plan(desired).changes());

        operator.reconcile(desired);

        ObservedState now = zone.observe(desired);
        for (String address : DomainArbitraries.ADDRESSES) {
            assertThat(Delivery.of(address, foretold)).as(address).isEqualTo(Delivery.of(address, now));
        }
        assertThat(Delivery.ofOthers(foretold)).isEqualTo(Delivery.ofOthers(now));
        assertThat(MailImpact.of(before, foretold)).isEqualTo(MailImpact.of(before, now));
    }

    @Property(tries = 1_000)
    void whereNothingChangesNoMailChangesItsWay(@ForAll("zones") ModelZone zone, @ForAll("specs") MailDomainSpec spec) {
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());
        DesiredState desired = ModelOperator.desired(spec);
        operator.reconcile(desired);
        ObservedState settled = zone.observe(desired);

        ObservedState foretold = Forecast.after(settled, operator.plan(desired).changes());

        assertThat(MailImpact.of(settled, foretold)).isEqualTo(MailImpact.none());
        assertThat(MailImpact.none().sentence()).isEqualTo("no mail changes its way");
    }

    @Provide
    Arbitrary<ModelZone> zones() {
        return DomainArbitraries.anyZones();
    }

    @Provide
    Arbitrary<MailDomainSpec> specs() {
        return DomainArbitraries.specs();
    }
}
