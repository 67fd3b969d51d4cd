package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Worker script should be.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = Cel.PROBES_ITSELF,
        message =
                "rollout.probe.url must be under one of customDomains, such as https://api.example.com/health for api.example.com: the"
                        + " operator asks nothing but the Worker itself")
public record MailWorkerSpec(
        @Default("{\"name\": \"default\"}")
        @ValidationRule(
                value = "self == oldSelf",
                message = "accountRef cannot be changed; delete this MailWorker and create one for the other account")
        @JsonPropertyDescription(
                "The CloudflareAccount whose deploy token is used; it must grant this namespace what is deployed. The one named "
                        + "default when left out. It cannot be changed.")
        AccountRef accountRef,

        @Required
        @Size(min = 1, max = 90)
        @ValidationRule(
                value = Cel.IS_WORKER,
                message =
                        "script must be the name of a Worker script: lower-case letters, digits, - and _, such as mailbox-worker")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "the script of a MailWorker cannot be changed; delete this MailWorker and create one for the other script")
        @JsonPropertyDescription(
                "The name of the script: what MailDomains and CatchAllRules call worker. It cannot be changed.")
        String script,

        @Required
        @JsonPropertyDescription("Where the script's files come from: exactly one of oci, artifact and configMap.")
        DeploySource source,

        @Default("index.js")
        @Size(min = 1, max = 255)
        @ValidationRule(value = Cel.IS_PATH, message = Cel.PATH_MESSAGE)
        @JsonPropertyDescription("The module that Cloudflare starts, as a path in the source.")
        String mainModule,

        @Required
        @Size(min = 10, max = 10)
        @ValidationRule(value = Cel.IS_DATE, message = Cel.DATE_MESSAGE)
        @JsonPropertyDescription("The day whose behaviour of Cloudflare's runtime the script is written for.")
        String compatibilityDate,

        @Size(max = 32)
        @JsonPropertyDescription("Single behaviours of the runtime to switch on or off, such as nodejs_compat.")
        List<@Size(min = 1, max = 64) String> compatibilityFlags,

        @Size(max = 10)
        @ValidationRule(value = Cel.ONE_BINDING_MIGRATES, message = Cel.ONE_BINDING_MIGRATES_MESSAGE)
        @JsonPropertyDescription(
                "D1 databases for the script. Each must exist; none is ever created, emptied, restored or deleted.")
        List<WorkerDatabase> databases,

        @Size(max = 10)
        @JsonPropertyDescription(
                "R2 buckets for the script. Each must exist; none is ever created, emptied or deleted.")
        List<WorkerBucket> buckets,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Texts for the script, by the names that it knows them by. No secrets: they can be read here, and in the "
                        + "script's settings at Cloudflare.")
        Map<String, String> variables,

        @Size(max = 32) @JsonPropertyDescription("Secrets for the script, from Secrets of this namespace.")
        List<WorkerSecret> secrets,

        @Size(max = 32) @JsonPropertyDescription("Every other binding, in Cloudflare's words.")
        List<WorkerBinding> bindings,

        @Size(max = 32)
        @JsonPropertyDescription(
                "When the script is started by the clock, as cron writes it, in UTC: */15 * * * *. Left "
                        + "out: not compared; an empty list: never.")
        List<@Size(min = 9, max = 100) String> schedules,

        @Size(max = 20)
        @JsonPropertyDescription(
                "Host names whose requests all go to the script; Cloudflare adds the DNS records. One that leads to another "
                        + "Worker or has a DNS record is never taken.")
        List<@Size(min = 3, max = 253) String> customDomains,

        @Size(max = 20)
        @JsonPropertyDescription(
                "Patterns of requests that go to the script. One that leads to another Worker is never taken.")
        List<WorkerRoute> routes,

        @JsonPropertyDescription(
                "Whether the script is also served under the account's workers.dev name. Left out: not compared.")
        Boolean workersDev,

        @Default("{}") @JsonPropertyDescription("How a new version comes to serve.")
        Rollout rollout,

        @Default("Refuse")
        @JsonPropertyDescription(
                "What to do when another user or tool deployed a script of that name. Refuse: leave it and say WorkerForeign. "
                        + "Adopt: deploy over it; the version that served is noted.")
        ConflictPolicy conflictPolicy,

        @Default("Retain")
        @JsonPropertyDescription(
                "What happens at Cloudflare when this MailWorker is deleted. Retain: everything stays and serves. Delete: what the "
                        + "operator created is deleted, once no rule of ours names the Worker. Databases and buckets stay always.")
        DeletionPolicy deletionPolicy,

        @Default("Report")
        @JsonPropertyDescription(
                "What to do when another version serves than the one that was deployed. Report: say Drifted and leave it, so that "
                        + "a rollback in the dashboard stands. Correct: deploy again.")
        DriftPolicy drift,

        @Default("Manage") @JsonPropertyDescription(MODE) Mode mode) {

    /** What the mode of what is deployed means. */
    static final String MODE =
            "Manage: deploy what this spec says. Observe: list in status.pendingChanges what would be done at Cloudflare,"
                    + " and do nothing there, not even on deletion.";

    /** Replaces what is absent by its default. */
    public MailWorkerSpec {
        accountRef = accountRef == null ? new AccountRef(null) : accountRef;
        mainModule = mainModule == null ? "index.js" : mainModule;
        compatibilityFlags = compatibilityFlags == null ? List.of() : List.copyOf(compatibilityFlags);
        databases = databases == null ? List.of() : List.copyOf(databases);
        buckets = buckets == null ? List.of() : List.copyOf(buckets);
        variables = variables == null ? Map.of() : Map.copyOf(variables);
        secrets = secrets == null ? List.of() : List.copyOf(secrets);
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
        schedules = schedules == null ? null : List.copyOf(schedules);
        customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
        routes = routes == null ? List.of() : List.copyOf(routes);
        rollout = rollout == null ? Rollout.IMMEDIATE : rollout;
        conflictPolicy = conflictPolicy == null ? ConflictPolicy.Refuse : conflictPolicy;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.Retain : deletionPolicy;
        drift = drift == null ? DriftPolicy.Report : drift;
        mode = mode == null ? Mode.Manage : mode;
    }

    /** A spec that leaves everything else at its default. */
    public static MailWorkerSpec of(String script, DeploySource source, String compatibilityDate) {
        return new MailWorkerSpec(
                null,
                script,
                source,
                null,
                compatibilityDate,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Whether the Worker of that spec has migrations for this one's database, noted in the same table. */
    public boolean migratesAs(WorkerDatabase database) {
        return databases.stream().anyMatch(database::migratesAs);
    }

    /** When the script is to be started by the clock; empty: it is not compared. */
    @JsonIgnore
    public Optional<List<String>> wantedSchedules() {
        return Optional.ofNullable(schedules);
    }

    /** Whether workers.dev is to serve the script; empty: it is not compared. */
    @JsonIgnore
    public Optional<Boolean> wantedWorkersDev() {
        return Optional.ofNullable(workersDev);
    }
}
