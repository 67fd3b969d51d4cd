package io.maildomain.operator.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTextTest {

    @ParameterizedTest
    @CsvSource({"NS1.Old.Example., ns1.old.example", "., .", "a_b-c.example, a_b-c.example", "'a\\010b c', a?010b?c"})
    void namesAreInOneForm(String name, String text) {
        assertThat(HostText.of(name)).isEqualTo(text);
    }

    /** What stands in a status and a log is chosen by whose name servers are asked. */
    @Property
    void nothingElseComesThrough(@ForAll String name) {
        assertThat(HostText.of(name)).matches("[a-z0-9._?-]{0,253}");
    }
}
