package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.offline.PatientCloudflare;
import io.maildomain.operator.controller.offline.ZoneReader;
import io.maildomain.operator.dns.NameServers;
import io.maildomain.operator.dns.OneLook;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.trace.Tracer;
import io.maildomain.operator.trace.plan.TraceFacts.Asked;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Cloudflare and DNS for a verb that works without a cluster. It writes nothing: no call that writes would be sent. */
final class OfflineClient implements AutoCloseable {

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
        this.clients = ApiClient.ofVerb(options);
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

    /** Follows mail with the runtime token. @param asked see {@link Tracer#Tracer} */
    Tracer tracer(BiFunction<String, Set<String>, Map<String, Map<String, Asked>>> asked) {
        OperatorSettings.Dns dns = options.dns();
        return new Tracer(
                PatientCloudflare.of(clients.forToken(tokens.runtimeToken().token()), this::pause),
                dns.checks() ? nameServers : PublicDns.OFF,
                domain -> dns.mayLookOutside()
                        ? Optional.of(OneLook.at(domain, dns.resolver(), Clock.systemUTC()))
                        : Optional.empty(),
                asked);
    }

    /**
     * What went wrong, and what to do.
     *
     * @param domain "" where it was about none
     */
    String explain(CloudflareException failure, String domain) {
        DiagnosisContext context = new DiagnosisContext(
                domain,
                tokens.runtimeToken().key(),
                tokens.runtime().source(),
                tokens.knownAccountId(),
                domain,
                false,
                true);
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
