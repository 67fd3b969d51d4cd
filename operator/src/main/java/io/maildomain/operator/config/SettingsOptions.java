package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Logging;
import picocli.CommandLine.Mixin;

/** The flags of {@code run}, for picocli to fill in. */
public final class SettingsOptions {

    @Mixin
    private final ScopeOptions scope = new ScopeOptions();

    @Mixin
    private final CloudflareOptions cloudflare = new CloudflareOptions();

    @Mixin
    private final TimingOptions timing = new TimingOptions();

    @Mixin
    private final LeadershipOptions leadership = new LeadershipOptions();

    @Mixin
    private final HoldingOptions holding = new HoldingOptions();

    @Mixin
    private final ProcessOptions process = new ProcessOptions();

    /** Known before everything else, so that whatever goes wrong next is logged as asked. */
    public Logging logging() {
        return process.logging();
    }

    /**
     * All of it, checked.
     *
     * @param podNamespace the namespace that we run in; blank outside a pod
     * @throws picocli.CommandLine.ParameterException with one line that names the flag and says what would be accepted
     */
    public OperatorSettings settings(String podNamespace) {
        OperatorSettings.Cloudflare api = cloudflare.cloudflare();
        return new OperatorSettings(
                scope.scope(podNamespace),
                api,
                cloudflare.budget(),
                cloudflare.dns(),
                timing.drift(),
                timing.massDeletion(),
                timing.handOver(),
                timing.retries(),
                timing.probing(),
                leadership.leadership(api.callTimeout()),
                process.secrets(),
                holding.holding(),
                process.deploying(),
                process.http(),
                process.logging());
    }
}
