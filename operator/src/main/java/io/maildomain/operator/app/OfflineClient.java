package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.config.OperatorSettings.BackOff;
import io.maildomain.operator.controller.offline.PatientCloudflare;
import io.maildomain.operator.controller.offline.ZoneReader;
import io.maildomain.operator.dns.NameServers;
import io.maildomain.operator.dns.PublicDns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Cloudflare and DNS for a verb that works without a cluster. It writes nothing: no call that writes would be sent. */
final class OfflineClient implements AutoCloseable {

    private static final BackOff NO_SECOND_TRY = new BackOff(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(5);

    private final TokenSource tokens;
    private final CloudflareOptions options;
    private final CloudflareClients clients;
    private final NameServers nameServers;
    private final Consumer<String> told;

    /** @param told is told in a line of what takes long */
    OfflineClient(TokenSource tokens, CloudflareOptions options, Consumer<String> told) {
        this.tokens = tokens;
        this.options = options;
        this.told = told;
        this.clients = new CloudflareClients(
                ApiClient.settings(options.cloudflare(), options.budget(), NO_SECOND_TRY, ProductVersion.current()),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                () -> false);
        this.nameServers = new NameServers(options.dns().server(), Clock.systemUTC());
    }

    /** Reads zones with the runtime token. */
    ZoneReader reader() {
        return new ZoneReader(
                PatientCloudflare.of(clients.forToken(tokens.runtimeToken().token()), this::pause),
                options.dns().checks() ? nameServers : PublicDns.OFF,
                options.cloudflare().callTimeout(),
                tokens.knownAccountId());
    }

    /**
     * What went wrong, and what to do.
     *
     * @param domain "" where it was about none
     */
    String explain(CloudflareException failure, String domain) {
        DiagnosisContext context = new DiagnosisContext(
                domain, tokens.runtimeToken().key(), tokens.runtime().source(), tokens.knownAccountId(), domain);
        return Catalogue.diagnose(failure, context).message();
    }

    private void pause(Duration length) {
        if (length.compareTo(WORTH_A_WORD) > 0) {
            told.accept("the request budget is used up: goes on in " + length.toSeconds() + " s");
        }
        try {
            new CountDownLatch(1).await(length.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", ending);
        }
    }

    @Override
    public void close() {
        nameServers.close();
        clients.close();
    }
}
