package io.maildomain.operator.account;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.ledger.StatusStore;
import io.maildomain.operator.settings.OperatorSettings.Probing;
import java.time.Clock;

/**
 * What reconciling CloudflareAccounts takes, put together once at start.
 *
 * @param meta is told what {@code /api/meta} shows
 * @param users is told which tokens an account uses
 * @param expiry is told when tokens expire
 * @param warnings where Warning Events go; the recorder in life
 * @param probing how often tokens are probed
 */
public record Workshop(
        StatusStore<CloudflareAccount, CloudflareAccountStatus> store,
        Cluster cluster,
        CredentialsResolver.Secrets secrets,
        TokenClients tokens,
        AccountMeta meta,
        AccountTokens users,
        TokenExpiry expiry,
        Warnings warnings,
        Clock clock,
        Probing probing) {

    /** Says something that people should look at. */
    @FunctionalInterface
    public interface Warnings {
        void warn(HasMetadata about, String reason, String message);
    }
}
