package io.maildomain.operator.main;

import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.settings.OperatorSettings;

/** How Cloudflare's client is set up, from what the command line says. */
final class ApiClient {

    private ApiClient() {}

    static ClientSettings settings(OperatorSettings settings, String version) {
        return settings(
                settings.cloudflare(), settings.budget(), settings.retries().authentication(), version);
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
                "mail-domain-operator/" + version);
    }
}
