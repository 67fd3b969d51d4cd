package io.maildomain.simulator.workers;

import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.state.Token;
import java.util.Locale;

/**
 * Who makes a call, as versions and deployments note it.
 *
 * @param source {@code wrangler} or {@code api}
 * @param email empty where the token is no user's
 */
record Author(String source, String email) {

    static Author of(Call call) {
        String agent = call.request().header("user-agent").orElse("").toLowerCase(Locale.ROOT);
        Token token = call.token();
        String email = token.kind() == Token.Kind.ACCOUNT
                ? ""
                : token.user().contains("@") ? token.user() : token.user() + "@simulator.example";
        return new Author(agent.startsWith("wrangler") ? "wrangler" : "api", email);
    }
}
