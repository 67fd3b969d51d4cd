package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/**
 * Where the API token of a MailDomain comes from: a CloudflareAccount or a Secret of the namespace.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Credentials(
        @JsonPropertyDescription("The CloudflareAccount whose token is used; it must grant this namespace the domain.")
        AccountRef accountRef,

        @JsonPropertyDescription(
                "A Secret of this namespace that holds the token under the same keys as an account's Secret. "
                        + "Only where the installation allows it (localSecrets).")
        LocalSecretRef secretRef) {

    /** With neither named, the account is the one named {@value AccountRef#DEFAULT_NAME}. */
    public Credentials {
        accountRef = accountRef == null && secretRef == null ? new AccountRef(null) : accountRef;
    }

    /** The CloudflareAccount named {@value AccountRef#DEFAULT_NAME}. */
    public static Credentials ofDefaultAccount() {
        return new Credentials(null, null);
    }

    /** The account that is to be used, unless a Secret of the namespace is. */
    @JsonIgnore
    public Optional<AccountRef> wantedAccount() {
        return Optional.ofNullable(accountRef);
    }

    /** The Secret of the namespace that is to be used, unless an account is. */
    @JsonIgnore
    public Optional<LocalSecretRef> wantedSecret() {
        return Optional.ofNullable(secretRef);
    }
}
