package io.maildomain.harness.conformance;

import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.TestAccount;
import io.maildomain.harness.Waiting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code OperatorStage FOLDER SIMULATOR CONFIGMAP…}: the operator's jar under the chart's rights on a real API server, deploying MailWorkers to a
 * simulator that runs already, with a token that has exactly the rights for that. Prints {@code ready KUBECONFIG} once it is; the namespace and the
 * CloudflareAccount are both called {@value #NAMESPACE}. Stays until it is ended, or the operator does. Exit code 1, with a line that says why, if
 * something does not start.
 */
public final class OperatorStage {

    static final String NAMESPACE = "mail-system";

    private static final String TOKEN = "conformance-token-with-the-deploy-rights-00000000";
    /** Routes need one more than all else does: a zone's id. */
    private static final List<String> RIGHTS = Stream.concat(
                    SimulatorControl.DEPLOY_RIGHTS.stream(), Stream.of("Zone: Zone: Read"))
            .toList();

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration FOREVER = Duration.ofDays(1);

    /** Shorter waits than people get. */
    private static final List<String> FLAGS = List.of(
            "--deploying",
            "--owner-id=conformance",
            "--drift-interval=1s",
            "--retry-base=100ms",
            "--waiting-base=100ms",
            "--waiting-cap=1s",
            "--final-base=1s",
            "--final-cap=1s",
            "--dns-checks=false",
            "--log-format=text");

    private OperatorStage() {}

    /** Ends the JVM. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        int code = 1;
        try (KubeApi api = KubeApi.start(Checkout.find())) {
            Path files = Path.of(given.get(0)).toAbsolutePath();
            try (OperatorProcess operator =
                    start(api, files, URI.create(given.get(1)), given.subList(2, given.size()))) {
                System.out.println("ready " + api.kubeconfig());
                Waiting.until(FOREVER, () -> !operator.isAlive());
                System.err.println("the operator ended:\n" + operator.lastWords());
            }
        } catch (HarnessException e) {
            System.err.println(e.getMessage());
        } finally {
            // Clients of the API server leave threads that would keep the JVM.
            System.exit(code);
        }
    }

    private static OperatorProcess start(KubeApi api, Path files, URI simulator, List<String> configMaps) {
        Checkout checkout = Checkout.find();
        api.installCrds(checkout.crds());
        new SimulatorControl(simulator).putToken("deploy", TOKEN, RIGHTS);
        ChartRbac rbac = ChartRbac.apply(
                api,
                new Chart(checkout.chart()),
                NAMESPACE,
                Map.of("deploying", Map.of("enabled", true, "configMaps", configMaps)));
        TestAccount account = new TestAccount(api.client(), NAMESPACE);
        account.putSecret(
                Map.of("CLOUDFLARE_DEPLOY_API_TOKEN", TOKEN, "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        api.client()
                .resource(account.yaml(NAMESPACE))
                .fieldManager("conformance")
                .serverSideApply();
        OperatorProcess operator = OperatorProcess.start(new OperatorProcess.Launch(
                checkout.operatorJar(),
                rbac.kubeconfig().write(files.resolve("operator.kubeconfig")),
                NAMESPACE,
                simulator,
                FLAGS,
                files.resolve("operator.log")));
        return operator.awaitReady(START);
    }
}
