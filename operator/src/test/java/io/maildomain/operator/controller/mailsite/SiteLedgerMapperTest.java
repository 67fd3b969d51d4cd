package io.maildomain.operator.controller.mailsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.SiteOwnership;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger.Deployed;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger.Origin;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SiteLedgerMapperTest {

    @ParameterizedTest
    @EnumSource
    void aLedgerSurvivesTheStatus(Origin origin) {
        SiteLedger ledger = new SiteLedger(
                origin, "f2", "again", new Deployed("d1", "f1"), Set.of("web.example.com"), Set.of("API"));

        assertThat(SiteLedgerMapper.ledger(SiteLedgerMapper.record(ledger, "a")))
                .isEqualTo(ledger);
        assertThat(SiteLedgerMapper.ledger(SiteLedgerMapper.record(SiteLedger.NOTHING, "a")))
                .isEqualTo(SiteLedger.NOTHING);
    }

    @Test
    void aRecordOfAnotherVersionThatAdoptedAProjectDidNotCreateIt() {
        SiteOwnership noted = new SiteOwnership(
                "a", new TargetOwnership(DeployOrigin.Adopted, null, null), null, null, null, null, null);

        assertThat(SiteLedgerMapper.ledger(noted).origin()).isEqualTo(Origin.NOTHING);
    }
}
