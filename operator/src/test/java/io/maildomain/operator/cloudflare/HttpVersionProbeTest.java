package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.deploy.VersionProbe.Finding;
import io.maildomain.operator.cloudflare.deploy.VersionProbe.Question;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.state.HostAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpVersionProbeTest {

    private static final URI URL = URI.create("https://api.example.com/health");

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Finding ask(int status, @Nullable String contains) {
        return new HttpVersionProbe(Egress.usual(), Duration.ofSeconds(5), "test", simulator.baseUri())
                .ask(new Question(URL, status, contains, "mailbox", null));
    }

    private void answers(int status, Map<String, String> headers, String body) {
        simulator
                .controls()
                .platform()
                .putAnswer("api.example.com", new HostAnswer(status, new TreeMap<>(headers), body, null));
    }

    @Test
    void anAnswerIsGoodByItsStatusAndItsText() {
        answers(200, Map.of(), "all is well");

        assertThat(ask(200, null).isGood()).isTrue();
        assertThat(ask(200, "is well").isGood()).isTrue();
        assertThat(ask(204, null).words()).isEqualTo("the probe got HTTP 200 instead of 204");
        assertThat(ask(200, "hunter2").words()).doesNotContain("hunter2").doesNotContain("all is well");
    }

    @Test
    void aRedirectIsAnAnswerAndNoWayOn() {
        answers(302, Map.of("Location", "http://169.254.169.254/latest/meta-data"), "");

        assertThat(ask(302, null).isGood()).isTrue();
        assertThat(ask(200, null).words()).contains("HTTP 302 instead of 200");
    }

    @Test
    void aTextBeyondTheBoundIsNotSeen() {
        answers(200, Map.of(), "x".repeat(64 * 1024) + "needle");

        assertThat(ask(200, "needle").isGood()).isFalse();
    }

    @Test
    void onlyHttpsIsAskedInLife() {
        Finding finding = new HttpVersionProbe(Egress.usual(), Duration.ofSeconds(5), "test", null)
                .ask(new Question(URI.create("http://api.example.com/"), 200, null, "mailbox", null));

        assertThat(finding.isGood()).isFalse();
    }

    @Test
    void anAddressWithinTheClusterIsNoAnswer() {
        Finding finding = new HttpVersionProbe(Egress.usual(), Duration.ofSeconds(5), "test", null)
                .ask(new Question(URI.create("https://localhost/"), 200, null, "mailbox", null));

        assertThat(finding.words()).isEqualTo("the probe got no answer from localhost");
    }
}
