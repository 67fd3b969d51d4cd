package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.Config;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.config.SettingsOptions;
import io.maildomain.operator.server.logging.LogLevelFile;
import io.maildomain.operator.server.logging.LogSetup;
import io.maildomain.operator.server.logging.Redactor;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The operator itself. */
@Command(
        name = "run",
        description = "Run the operator, until it is told to stop.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Every flag has an environment variable: --drift-interval is MAILDOMAIN_DRIFT_INTERVAL. A flag wins over its"
                    + " variable. All of them: docs/settings.md."
        })
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final String ANY_NAMESPACE = "any";

    private final OperatorRuntime.Factory factory;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    RunCommand(OperatorRuntime.Factory factory) {
        this.factory = factory;
    }

    @Override
    public Integer call() throws InterruptedException {
        // Wrong flags are told before anything else is tried.
        options.settings(ANY_NAMESPACE);
        Redactor redactor = new Redactor();
        LogSetup.apply(options.logging(), redactor);
        Config config = ClusterAccess.config();
        OperatorSettings settings = options.settings(ClusterAccess.podNamespace(config));
        ClusterAccess.probe(config);

        ShutdownSequence ending = new ShutdownSequence();
        logUncaught(ending);
        ending.install();
        LogLevelFile.follow(settings.logging()).ifPresent(file -> ending.closing("the log level's file", file));
        try {
            new OperatorProcess(settings, redactor, ending).start(config, factory);
        } catch (RuntimeException failure) {
            ending.exitsWith(1);
            throw failure;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    /**
     * An exception that was not caught leaves a pool's thread replaced and the rest intact: it is logged. An error (no memory, a missing class) leaves nothing that could be trusted: the process
     * ends, and Kubernetes starts it anew.
     */
    private static void logUncaught(ShutdownSequence ending) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            LOG.error("Uncaught in thread {}: {}", thread.getName(), failure.toString());
            LOG.debug("Uncaught in thread {}", thread.getName(), failure);
            if (failure instanceof Error) {
                ending.fail();
            }
        });
    }
}
