package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * Where the tokens of an account are, and who may use them for what.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CloudflareAccountSpec(
        @Required
        @JsonPropertyDescription(
                "The Secret with the operator's token under CLOUDFLARE_RUNTIME_API_TOKEN or, as shared key,  "
                        + "CLOUDFLARE_API_TOKEN; it may also hold CLOUDFLARE_ACCOUNT_ID. The split key wins over the "
                        + "shared one; a blank value counts as absent.")
        SecretRef secretRef,

        @JsonPropertyDescription(
                "The Secret with the deploy token under CLOUDFLARE_DEPLOY_API_TOKEN or CLOUDFLARE_API_TOKEN. "
                        + "Left out: secretRef.")
        SecretRef deploySecretRef,

        @Size(min = 32, max = 32)
        @ValidationRule(
                value = Cel.IS_ACCOUNT_ID,
                message =
                        "accountId must be the 32 lower-case hexadecimal digits of a Cloudflare account id, such as 0123456789abcdef0123456789abcdef")
        @JsonPropertyDescription("The id of the Cloudflare account: 32 lower-case hexadecimal digits. Left out: "
                + "CLOUDFLARE_ACCOUNT_ID of the Secret. Without either no zone can be created; zones that exist "
                + "are still adopted.")
        String accountId,

        @Size(max = 32)
        @JsonPropertyDescription(
                "Which namespaces may use this account for what. The operator's own namespace may do everything, "
                        + "any other only what stands here.")
        List<AccessGrant> access,

        @Size(min = 1, max = 63)
        @ValidationRule(value = Cel.IS_BUDGET, message = Cel.BUDGET_MESSAGE)
        @JsonPropertyDescription(
                "The name of a request budget: the tokens of all accounts that give the same name share one. Cloudflare counts "
                        + "requests by user, so give the accounts one name whose tokens a single Cloudflare user made. Left out: "
                        + "each token has a budget of its own.")
        String budget) {

    /** Replaces an absent list by an empty one. */
    public CloudflareAccountSpec {
        access = access == null ? List.of() : List.copyOf(access);
    }

    /** An account whose tokens share their budget with none. */
    public CloudflareAccountSpec(
            SecretRef secretRef, SecretRef deploySecretRef, String accountId, List<AccessGrant> access) {
        this(secretRef, deploySecretRef, accountId, access, null);
    }

    /** The Secret of the deploy token: its own, else that of the operator's token. */
    public SecretRef deploySecret() {
        return deploySecretRef == null ? secretRef : deploySecretRef;
    }

    /** The account id that the spec names. */
    @JsonIgnore
    public Optional<String> wantedAccountId() {
        return Optional.ofNullable(accountId);
    }
}
