package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.credentials.ApiToken;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request bears that must get into no text of ours, should the server give it back. Its own text shows nothing of it.
 *
 * @param pass what it bears in place of the token; null where it bears the token
 * @param hidden texts of its body
 */
record RequestSecrets(@Nullable UploadPass pass, List<String> hidden) {
    static final RequestSecrets NONE = new RequestSecrets(null, List.of());

    private static final String SCHEME = "Bearer ";

    RequestSecrets {
        hidden = List.copyOf(hidden);
    }

    /** The value of the header: with a pass, the token does not go out. */
    String authorization(ApiToken token) {
        return pass == null ? token.authorizationHeader() : pass.authorizationHeader();
    }

    /** What takes all of it out of an answer, and the token as well. */
    Redaction redaction(ApiToken token) {
        Stream<String> credentials = Stream.of(token.authorizationHeader(), authorization(token))
                .map(header -> header.substring(SCHEME.length()));
        return Redaction.of(credentials, hidden.stream());
    }

    @Override
    public String toString() {
        return "RequestSecrets[redacted]";
    }
}
