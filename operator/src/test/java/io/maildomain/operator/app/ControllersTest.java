package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.config.SettingsOptions;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ControllersTest {

    private static final OperatorSettings SETTINGS = settings();

    private static OperatorSettings settings() {
        Flags flags = new Flags();
        new CommandLine(flags).parseArgs();
        return flags.options.settings("mail-system");
    }

    @Command(name = "run")
    private static final class Flags {

        @Mixin
        private final SettingsOptions options = new SettingsOptions();
    }

    /** A controller that does nothing. */
    private static final class Idle implements Reconciler<MailDomain> {

        @Override
        public UpdateControl<MailDomain> reconcile(MailDomain resource, Context<MailDomain> context) {
            return UpdateControl.noUpdate();
        }
    }

    /** The SDK would set one for a resource that is just gone, while it sees that resource's deletion. */
    @Test
    void noTimerIsSetThatWeDidNotAskFor() {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            Operator operator = new Operator(configuration -> configuration.withKubernetesClient(client));
            new Controllers(operator, SETTINGS).registerNamespaced(new Idle(), "maildomain");

            RegisteredController<?> registered =
                    operator.getRegisteredController("maildomain").orElseThrow();
            assertThat(registered.getConfiguration().maxReconciliationInterval())
                    .isEmpty();
        }
    }

    @Test
    void threadsThatHaveNothingToDoEnd() {
        ThreadPoolExecutor threads = Controllers.threads(Duration.ofMillis(50));
        IntStream.range(0, 10).forEach(i -> threads.execute(() -> {}));

        assertThat(threads.getLargestPoolSize()).isPositive();
        await().untilAsserted(() -> assertThat(threads.getPoolSize()).isZero());
        threads.shutdown();
    }
}
