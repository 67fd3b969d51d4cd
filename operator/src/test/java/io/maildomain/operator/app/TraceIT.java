package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.harness.OperatorExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code trace} beside a running operator, with the rights that this one has. */
class TraceIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    @TempDir
    private Path folder;

    @Test
    void whatTheMailDomainSaysOfTheRuleIsPartOfTheTrace() throws IOException, InterruptedException {
        rig.control().putAddress("new@corp.example", false);
        rig.control().putAddress("team@corp.example", true);
        rig.control().putZone("settled.example", Map.of());
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: settled, namespace: %s}
                spec:
                  domain: settled.example
                  credentials: {accountRef: {name: %s}}
                  rules:
                    - {address: a@settled.example, action: {forwardTo: new@corp.example}}
                    - {address: b@settled.example, action: {forwardTo: team@corp.example}}
                """.formatted(rig.namespace(), rig.account()));
        await().atMost(Duration.ofSeconds(60)).until(() -> saysOf("b@settled.example"), RuleState.Synced::equals);

        OperatorMain arrives = trace("b@settled.example");

        assertThat(arrives.exitCode()).as(arrives.err()).isZero();
        assertThat(arrives.out())
                .contains("destination team@corp.example: Cloudflare took the rule, and the MailDomain says Synced")
                .contains("created for the resource " + rig.namespace() + "/settled")
                .endsWith("mail to b@settled.example: forwarded to team@corp.example, as far as can be seen"
                        + System.lineSeparator());

        OperatorMain waits = trace("a@settled.example");

        assertThat(waits.exitCode()).as(waits.err()).isEqualTo(1);
        assertThat(waits.out())
                .contains("there is no rule for a@settled.example, which the MailDomain " + rig.namespace()
                        + "/settled asks for and calls DestinationUnverified");
    }

    private RuleState saysOf(String address) {
        return Optional.ofNullable(rig.client()
                        .resources(MailDomain.class)
                        .inNamespace(rig.namespace())
                        .withName("settled")
                        .get()
                        .getStatus())
                .flatMap(status -> status.rules().stream()
                        .filter(rule -> rule.address().equals(address))
                        .findFirst())
                .map(rule -> rule.state())
                .orElse(RuleState.Pending);
    }

    private OperatorMain trace(String address) throws IOException {
        return OperatorMain.start(
                folder,
                Map.of("KUBECONFIG", rig.launch().kubeconfig().toString()),
                "trace",
                address,
                "--account=" + rig.account(),
                "--dns-checks=false",
                "--cloudflare-api-base-url=" + rig.launch().cloudflare());
    }
}
