package io.maildomain.operator.app;

import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.config.OperatorSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** How Cloudflare's client is set up, from what the command line says. */
final class ApiClient {

    private static final OperatorSettings.BackOff NO_SECOND_TRY =
            new OperatorSettings.BackOff(Duration.ofMinutes(1), Duration.ofMinutes(1));

    private ApiClient() {}

    static ClientSettings settings(OperatorSettings settings, String version) {
        return settings(
                settings.cloudflare(), settings.budget(), settings.retries().authentication(), version);
    }

    /** The clients of all tokens: counted, fenced, and with one budget for the tokens that share one. */
    static CloudflareClients clients(Surroundings surroundings, Monitoring monitoring, TokenBearers bearers) {
        CloudflareClients clients = new CloudflareClients(
                settings(surroundings.settings(), surroundings.version()),
                surroundings.clock(),
                monitoring.calls(),
                () -> surroundings.fence().mayWrite(),
                bearers::tell);
        clients.sharing(monitoring.accountTokens()::budgetOf);
        return clients;
    }

    /** The clients of a verb that people run by hand: no call that writes is sent, and a refused token is not tried again. */
    static CloudflareClients ofVerb(CloudflareOptions options) {
        return new CloudflareClients(
                settings(options.cloudflare(), options.budget(), NO_SECOND_TRY, ProductVersion.current()),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                () -> false);
    }

    static String userAgent(String version) {
        return "mail-domain-operator/" + version;
    }

    static Egress egress(OperatorSettings.Network network) {
        try {
            return Egress.of(network.trustedCa(), network.httpsProxy(), network.noProxy());
        } catch (IllegalArgumentException refused) {
            throw new StartFailure(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** @param authentication how soon a refused token is tried again */
    static ClientSettings settings(
            OperatorSettings.Cloudflare api,
            OperatorSettings.Budget budget,
            OperatorSettings.BackOff authentication,
            String version) {
        return new ClientSettings(
                api.apiBaseUrl(),
                api.callTimeout(),
                api.connectTimeout(),
                budget.requests(),
                budget.window(),
                budget.reservePercent(),
                authentication.base(),
                authentication.cap(),
                userAgent(version),
                egress(api.network()));
    }
}
