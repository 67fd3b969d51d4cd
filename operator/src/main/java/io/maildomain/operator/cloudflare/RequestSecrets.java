package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.credentials.ApiToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request bears that must get into no text of ours, should the server give it back. Its own text shows nothing of it.
 *
 * @param pass what it bears in place of the token; null where it bears the token
 * @param hidden texts of its body
 */
record RequestSecrets(@Nullable UploadPass pass, List<String> hidden) {
    static final RequestSecrets NONE = new RequestSecrets(null, List.of());

    /** What is shorter is in many a text by chance: without it no answer could be read. */
    private static final int SHORTEST = 6;

    private static final String REDACTED = "[redacted]";

    RequestSecrets {
        hidden = hidden.stream().filter(text -> text.length() >= SHORTEST).toList();
    }

    /** The value of the header: with a pass, the token does not go out. */
    String authorization(ApiToken token) {
        return pass == null ? token.authorizationHeader() : pass.authorizationHeader();
    }

    /** The text without any of it, and without the token. */
    String redactIn(String text, ApiToken token) {
        String clean = token.redactIn(text);
        if (pass != null) {
            clean = pass.redactIn(clean);
        }
        for (String secret : hidden) {
            String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
            clean = clean.replace(secret, REDACTED).replace(quoted, REDACTED);
        }
        return clean;
    }

    @Override
    public String toString() {
        return "RequestSecrets[redacted]";
    }
}
