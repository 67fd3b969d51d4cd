package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuickFlagsTest {

    private static final String SIMULATORS = "--dns-server=127.0.0.1:1053";

    private static List<String> flags(String... options) {
        return new QuickFlags(List.of(options)).all(List.of("mail"), "test", "127.0.0.1:1053");
    }

    /** A test that names a resolver would else wait for the name servers of the Internet, or believe them. */
    @Test
    void noNameServerButTheSimulatorsIsAskedUnlessATestNamesOne() {
        assertThat(flags()).contains(SIMULATORS);
        assertThat(flags("--dns-resolver=127.0.0.1:2053")).contains(SIMULATORS, "--dns-resolver=127.0.0.1:2053");
        assertThat(flags("--dns-server=127.0.0.1:3053"))
                .contains("--dns-server=127.0.0.1:3053")
                .doesNotContain(SIMULATORS);
    }

    @Test
    void aTestsOwnFlagComesInsteadOfTheQuickOne() {
        assertThat(flags("--confirm-pause=1m"))
                .contains("--confirm-pause=1m")
                .noneMatch("--confirm-pause=200ms"::equals);
    }
}
