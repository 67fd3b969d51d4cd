package io.maildomain.operator.app;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.account.AccountInspection;
import io.maildomain.operator.controller.account.AccountMeta;
import io.maildomain.operator.controller.account.CloudflareAccountReconciler;
import io.maildomain.operator.controller.account.TokenProbes;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.server.http.Meta;
import java.util.Map;

/** Puts together what inspects CloudflareAccounts. */
final class AccountAssembly {

    private final Surroundings surroundings;
    private final ResourceCache cluster;
    private final CredentialsResolver.Secrets secrets;
    private final CloudflareClients clients;
    private final Monitoring monitoring;
    private final Sweeps sweeps;
    private final AccountMeta meta = new AccountMeta();

    AccountAssembly(
            Surroundings surroundings,
            ResourceCache cluster,
            CredentialsResolver.Secrets secrets,
            CloudflareClients clients,
            Monitoring monitoring,
            Sweeps sweeps) {
        this.surroundings = surroundings;
        this.cluster = cluster;
        this.secrets = secrets;
        this.clients = clients;
        this.monitoring = monitoring;
        this.sweeps = sweeps;
    }

    /** Registers the controller. */
    void register(
            Controllers controllers,
            ControllerParts<CloudflareAccount, CloudflareAccountStatus> parts,
            Forgetting forgetting) {
        CloudflareAccountReconciler reconciler = new CloudflareAccountReconciler(
                parts,
                new AccountInspection(
                        secrets,
                        cluster,
                        new TokenProbes(clients, surroundings.settings().probing(), surroundings.clock()),
                        meta,
                        monitoring.accountTokens(),
                        sweeps,
                        parts.log(),
                        surroundings.clock()));
        controllers.register(reconciler, "cloudflareaccount");
        forgetting.also(reconciler);
    }

    /** What is known of the accounts by now. */
    Map<String, Meta.Account> known() {
        return meta.accounts();
    }
}
