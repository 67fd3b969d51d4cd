package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import java.nio.file.Files;

/** The operator's jar, logged in by way of a proxy. */
final class ProxiedOperator {

    private ProxiedOperator() {}

    static OperatorProcess start(OperatorExtension rig, ApiServerProxy proxy, String... options) {
        OperatorProcess started =
                OperatorProcess.start(proxy.launch(rig.launch().with("--log-level=debug"), options));
        rig.alsoLog(started.log());
        return started;
    }

    /** Not by its readiness: fabric8 does not take a watch by plain HTTP, which the proxy wants, for one. */
    static void leads(OperatorProcess started) {
        eventually(() -> assertThat(Files.readString(started.log()))
                .contains("'maildomain' controller started", "'catchallrule' controller started"));
    }
}
