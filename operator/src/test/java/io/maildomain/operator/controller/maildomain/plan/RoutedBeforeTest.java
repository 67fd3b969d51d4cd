package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutedBeforeTest {
    private static final String HOST = "in.example.com";

    private static Set<String> in(HostState state, String message) {
        MailDomain domain = new MailDomain();
        List<HostStatus> dns = List.of(new HostStatus(HOST, state, message, null));
        domain.setStatus(new MailDomainStatus(
                null, null, null, null, null, null, dns, null, null, null, null, null, null, null));
        return RoutedBefore.in(domain);
    }

    @ParameterizedTest
    @CsvSource({"Ready, true", "Unlocked, true", "MovedAway, true", "Missing, false", "Foreign, false", "Unknown, false"
    })
    void theStateTells(HostState state, boolean routed) {
        assertThat(in(state, "whatever it says").contains(HOST)).isEqualTo(routed);
    }

    @Test
    void theSentenceOfEarlierVersionsIsReadForOneRelease() {
        String sentence = "Email Routing of in.example.com was switched off and other MX records stand there now:"
                + " it is left off; remove these records, or delete this resource";

        assertThat(in(HostState.Foreign, sentence)).containsExactly(HOST);
        assertThat(in(HostState.Missing, sentence)).as("never written together").isEmpty();
        assertThat(in(HostState.Foreign, sentence.replace("in.", "out.")))
                .as("of another host")
                .isEmpty();
    }

    @Test
    void withoutAStatusNothingIsKnown() {
        assertThat(RoutedBefore.in(new MailDomain())).isEmpty();
    }
}
