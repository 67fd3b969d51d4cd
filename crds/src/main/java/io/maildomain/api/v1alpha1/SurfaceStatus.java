package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One of the account's two tokens, the operator's or the deploy token, and what is known of it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SurfaceStatus(
        @Size(max = Bounded.WORD)
        @JsonPropertyDescription(
                "The key of the Secret that won, such as CLOUDFLARE_RUNTIME_API_TOKEN; absent: no key was found.")
        String key,

        @JsonPropertyDescription(
                "Split: the token's own key won. Shared: the key for both tokens, CLOUDFLARE_API_TOKEN.")
        KeyKind kind,

        @Size(max = Bounded.SOURCE) @JsonPropertyDescription("The Secret that the key is in, as namespace/name.")
        String source,

        @JsonPropertyDescription(
                "What Cloudflare says of the token: active, expired or disabled; unknown if it was not asked or "
                        + "did not say.")
        TokenState state,

        @JsonPropertyDescription("When the token expires; absent: never, or not known.")
        Instant expiresAt,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32)
        @JsonPropertyDescription("The rights that this token needs, and what is known of each.")
        List<RightStatus> rights) {

    /** Replaces an absent list by an empty one, and cuts what is too long. */
    public SurfaceStatus {
        key = Bounded.text(key, Bounded.WORD);
        source = Bounded.text(source, Bounded.SOURCE);
        rights = Bounded.list(rights, 32);
    }

    /** When the token expires, where that is known. */
    @JsonIgnore
    public Optional<Instant> knownExpiry() {
        return Optional.ofNullable(expiresAt);
    }
}
