package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.CloudflareError.VERSION_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_NOT_ON_ACCOUNT;
import static io.maildomain.operator.cloudflare.TokenDeployClient.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.deploy.WorkerDeployment;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerSettings;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.cloudflare.deploy.WorkerVersion;
import io.maildomain.operator.cloudflare.deploy.WorkersApi;
import java.util.List;
import java.util.Optional;

/** {@link WorkersApi} with one token and one account. */
record TokenWorkers(CallExecutor executor, String accountId) implements WorkersApi {
    private static final int MOST_SHARES = 2;
    private static final double ALL = 100;
    /** Else Cloudflare passes over a binding that cannot be inherited, and the Worker runs without it. */
    private static final String INHERIT = "bindings_inherit";

    private static final String STRICT = "strict";

    @Override
    public Optional<List<WorkerDeployment>> deployments(String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_DEPLOYMENTS, accountId, script);
        return unless(() -> executor.ask(request, WorkersTranslation::deployments), WORKER_NOT_ON_ACCOUNT);
    }

    @Override
    public Optional<WorkerVersion> version(String script, String versionId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_VERSION, accountId, script, versionId);
        return unless(
                () -> executor.ask(request, node -> WorkersTranslation.version(node, versionId)),
                WORKER_NOT_ON_ACCOUNT,
                VERSION_NOT_FOUND);
    }

    @Override
    public Optional<List<WorkerVersion>> versions(String script) {
        // As wrangler asks: all that may serve, where the list itself has pages.
        ApiRequest request =
                ApiRequest.to(CloudflareCall.LIST_VERSIONS, accountId, script).with("deployable", "true");
        return unless(() -> executor.ask(request, WorkersTranslation::versions), WORKER_NOT_ON_ACCOUNT);
    }

    @Override
    public Optional<WorkerSettings> settings(String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_SETTINGS, accountId, script);
        return unless(() -> executor.ask(request, WorkersTranslation::settings), WORKER_NOT_ON_ACCOUNT);
    }

    @Override
    public Optional<List<String>> secretNames(String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_SECRETS, accountId, script);
        return unless(() -> executor.ask(request, WorkersTranslation::secretNames), WORKER_NOT_ON_ACCOUNT);
    }

    @Override
    public String putScript(String script, WorkerUpload upload) {
        // The answer calls it a deployment's id, and means the version's. Without excludeScript the script comes back.
        ApiRequest request = ApiRequest.to(CloudflareCall.PUT_SCRIPT, accountId, script)
                .with("excludeScript", "true")
                .with(INHERIT, STRICT)
                .sending(form(upload))
                .hiding(upload.secrets());
        return executor.ask(request, node -> WorkersTranslation.uuid(node, "deployment_id", "the upload of a Worker"));
    }

    @Override
    public String createVersion(String script, WorkerUpload upload) {
        ApiRequest request = ApiRequest.to(CloudflareCall.CREATE_VERSION, accountId, script)
                .with(INHERIT, STRICT)
                .sending(form(upload))
                .hiding(upload.secrets());
        return executor.ask(request, node -> WorkersTranslation.uuid(node, "id", "a Worker's version"));
    }

    private Form form(WorkerUpload upload) {
        Form form = new Form().field("metadata", json(DeployJson.metadata(upload)));
        for (WorkerModule module : upload.modules()) {
            form.file(module.name(), module.type().contentType(), module.content());
        }
        return form;
    }

    private String json(DeployJson.Metadata metadata) {
        try {
            return executor.json().writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            // Its words could quote a secret.
            throw new IllegalStateException("the metadata of a Worker is always JSON");
        }
    }

    @Override
    public String createDeployment(String script, List<TrafficShare> shares, String message) {
        double sum = shares.stream().mapToDouble(TrafficShare::percentage).sum();
        if (shares.size() > MOST_SHARES || sum != ALL) {
            throw new IllegalArgumentException("a deployment has one or two versions that sum up to 100 %");
        }
        ApiRequest request = ApiRequest.to(CloudflareCall.CREATE_DEPLOYMENT, accountId, script)
                .sending(DeployJson.deployment(shares, message));
        return executor.ask(request, node -> WorkersTranslation.uuid(node, "id", "a Worker's deployment"));
    }

    @Override
    public boolean deleteScript(String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.DELETE_SCRIPT, accountId, script);
        return unless(() -> executor.tell(request), WORKER_NOT_ON_ACCOUNT).isPresent();
    }
}
