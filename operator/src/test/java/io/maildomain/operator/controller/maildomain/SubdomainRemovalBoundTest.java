package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.fixture.Remembered;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubdomainRemovalBoundTest {

    @Test
    void zonesWhoseResourcesVanishFillNoMemory() {
        SubdomainRemoval removal = new SubdomainRemoval();
        for (int zone = 0; zone < 3 * SubdomainRemoval.MOST; zone++) {
            removal.sent("off-" + zone, List.of("in.example.com"));
            removal.seen("off-" + zone, false);
            removal.sent("open-" + zone, List.of());
        }
        assertThat(Remembered.by(removal))
                .hasSize(3)
                .allSatisfy((field, size) -> assertThat(size).as(field).isLessThanOrEqualTo(SubdomainRemoval.MOST));
    }
}
