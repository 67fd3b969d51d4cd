package io.maildomain.operator.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The document at {@code /api/meta}. Top level: the version and what holds for the account {@code default}; under {@code accounts} the same for each account. Names keys and Secrets, holds no
 * value of either.
 *
 * @param version of the operator
 * @param ownerId in the marks of the rules that this installation makes; left out where it is not known yet
 * @param cloudflareDomainBindingEnabled whether the account {@code default} can create zones; false where there is no such account
 * @param surfaces by surface ({@code runtime}, {@code deploy}) of the account {@code default}
 * @param accounts by name
 */
@JsonPropertyOrder({"version", "ownerId", "cloudflareDomainBindingEnabled", "surfaces", "accounts"})
public record Meta(
        String version,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String ownerId,
        boolean cloudflareDomainBindingEnabled,
        SortedMap<String, Surface> surfaces,
        SortedMap<String, Account> accounts) {

    /** The account that a MailDomain without credentials uses. */
    public static final String DEFAULT_ACCOUNT = "default";

    public Meta {
        Objects.requireNonNull(version, "version");
        ownerId = Objects.requireNonNullElse(ownerId, "");
        surfaces = new TreeMap<>(surfaces);
        accounts = new TreeMap<>(accounts);
    }

    /** The document for these accounts; its top level speaks of {@link #DEFAULT_ACCOUNT}. */
    public static Meta of(String version, String ownerId, Map<String, Account> accounts) {
        Account main = accounts.getOrDefault(DEFAULT_ACCOUNT, new Account(false, Map.of()));
        return new Meta(
                version, ownerId, main.cloudflareDomainBindingEnabled(), main.surfaces(), new TreeMap<>(accounts));
    }

    /** The document of an operator that does not know its owner id. */
    public static Meta of(String version, Map<String, Account> accounts) {
        return of(version, "", accounts);
    }

    /**
     * One CloudflareAccount.
     *
     * @param cloudflareDomainBindingEnabled whether zones can be created with it
     * @param surfaces by surface; a surface without any key is not in it
     */
    @JsonPropertyOrder({"cloudflareDomainBindingEnabled", "surfaces"})
    public record Account(boolean cloudflareDomainBindingEnabled, SortedMap<String, Surface> surfaces) {

        public Account {
            surfaces = new TreeMap<>(surfaces);
        }

        public Account(boolean cloudflareDomainBindingEnabled, Map<String, Surface> surfaces) {
            this(cloudflareDomainBindingEnabled, (SortedMap<String, Surface>) new TreeMap<>(surfaces));
        }
    }

    /**
     * Where a surface's token comes from.
     *
     * @param key the key that won, such as {@code CLOUDFLARE_RUNTIME_API_TOKEN}
     * @param source {@code Split} or {@code Shared}
     * @param secret where it lies, {@code namespace/name}; left out if blank
     */
    @JsonPropertyOrder({"key", "source", "secret"})
    public record Surface(
            String key,
            String source,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String secret) {

        public Surface {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(source, "source");
            secret = Objects.requireNonNullElse(secret, "");
        }
    }
}
