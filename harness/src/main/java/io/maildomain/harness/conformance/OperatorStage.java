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
 * simulator that runs already, with a token that has exactly the rights for that. {@code OperatorStage FOLDER SIMULATOR --status-page}: the same
 * leading mail, with a status page. Prints {@code http URL} and {@code ready KUBECONFIG} once it is; the namespace and the
 * CloudflareAccount are both called {@value #NAMESPACE}. Stays until it is ended, or the operator does. Exit code 1, with a line that says why, if
 * something does not start.
 */
public final class OperatorStage {

    static final String NAMESPACE = "mail-system";

    private static final String STATUS_PAGE = "--status-page";
    /** Routes need one more than all else does: a zone's id. */
    private static final List<String> DEPLOY_RIGHTS = Stream.concat(
                    SimulatorControl.DEPLOY_RIGHTS.stream(), Stream.of("Zone: Zone: Read"))
            .toList();

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration FOREVER = Duration.ofDays(1);

    /** Shorter waits than people get. */
    private static final List<String> FLAGS = List.of(
            "--owner-id=conformance",
            "--drift-interval=1s",
            "--retry-base=100ms",
            "--waiting-base=100ms",
            "--waiting-cap=1s",
            "--final-base=1s",
            "--final-cap=1s",
            "--dns-checks=false",
            "--log-format=text");

    /**
     * What the operator is to do.
     *
     * @param key of the token in its Secret
     * @param flags that turn it on, and what it does at its own pace
     * @param values of the chart, for the rights
     */
    private record Play(String key, String token, List<String> rights, List<String> flags, Map<String, ?> values) {

        static Play of(List<String> words) {
            return words.equals(List.of(STATUS_PAGE))
                    ? new Play(
                            "CLOUDFLARE_API_TOKEN",
                            "conformance-token-with-the-runtime-rights-0000000",
                            SimulatorControl.RUNTIME_RIGHTS,
                            List.of(
                                    STATUS_PAGE + "=local",
                                    "--drift-interval=10m",
                                    "--waiting-cap=1m",
                                    "--final-base=1m",
                                    "--final-cap=1m"),
                            Map.of())
                    : new Play(
                            "CLOUDFLARE_DEPLOY_API_TOKEN",
                            "conformance-token-with-the-deploy-rights-00000000",
                            DEPLOY_RIGHTS,
                            List.of("--deploying=true"),
                            Map.of("deploying", Map.of("enabled", true, "configMaps", words)));
        }
    }

    private OperatorStage() {}

    /** Ends the JVM. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        int code = 1;
        try (KubeApi api = KubeApi.start(Checkout.find())) {
            Path files = Path.of(given.get(0)).toAbsolutePath();
            try (OperatorProcess operator =
                    start(api, files, URI.create(given.get(1)), Play.of(given.subList(2, given.size())))) {
                operator.http().ifPresent(url -> System.out.println("http " + url));
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

    private static OperatorProcess start(KubeApi api, Path files, URI simulator, Play play) {
        Checkout checkout = Checkout.find();
        api.installCrds(checkout.crds());
        new SimulatorControl(simulator).putToken("conformance", play.token(), play.rights());
        ChartRbac rbac = ChartRbac.apply(api, new Chart(checkout.chart()), NAMESPACE, play.values());
        TestAccount account = new TestAccount(api.client(), NAMESPACE);
        account.putSecret(Map.of(play.key(), play.token(), "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        api.client()
                .resource(account.yaml(NAMESPACE))
                .fieldManager("conformance")
                .serverSideApply();
        OperatorProcess.Launch launch = new OperatorProcess.Launch(
                checkout.operatorJar(),
                rbac.kubeconfig().write(files.resolve("operator.kubeconfig")),
                NAMESPACE,
                simulator,
                FLAGS,
                files.resolve("operator.log"));
        return OperatorProcess.start(launch.instead(play.flags().toArray(String[]::new)))
                .awaitReady(START);
    }
}
