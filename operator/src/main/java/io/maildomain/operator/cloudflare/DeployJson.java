package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.maildomain.operator.cloudflare.deploy.Binding;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bodies of requests to the deploy surface, as they go over the wire. Those that may hold a secret do not print themselves. */
final class DeployJson {
    static final String MESSAGE = "workers/message";
    static final String TAG = "workers/tag";

    private DeployJson() {}

    /** What stands in the form of an upload besides the modules; in wrangler's order. */
    @JsonPropertyOrder({
        "main_module",
        "bindings",
        "compatibility_date",
        "compatibility_flags",
        "keep_bindings",
        "annotations",
        "observability"
    })
    record Metadata(
            @JsonProperty("main_module") String mainModule,
            List<Map<String, @Nullable Object>> bindings,
            @JsonProperty("compatibility_date") String compatibilityDate,
            @JsonProperty("compatibility_flags") List<String> compatibilityFlags,

            @JsonProperty("keep_bindings") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> keptTypes,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> annotations,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Enabled observability) {
        @Override
        public String toString() {
            return "Metadata[redacted]";
        }
    }

    record Enabled(boolean enabled) {}

    static Metadata metadata(WorkerUpload upload) {
        return new Metadata(
                upload.mainModule(),
                upload.bindings().stream().map(DeployJson::binding).toList(),
                upload.compatibilityDate(),
                upload.compatibilityFlags(),
                upload.keptTypes(),
                annotations(upload.message(), upload.tag()),
                upload.observability() == null ? null : new Enabled(upload.observability()));
    }

    private static Map<String, @Nullable Object> binding(Binding binding) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", binding.name());
        json.put("type", binding.type());
        json.putAll(binding.properties());
        return json;
    }

    private static Map<String, String> annotations(String message, String tag) {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (!message.isEmpty()) {
            annotations.put(MESSAGE, message);
        }
        if (!tag.isEmpty()) {
            annotations.put(TAG, tag);
        }
        return annotations;
    }

    record Share(@JsonProperty("version_id") String versionId, Number percentage) {}

    record NewDeployment(String strategy, List<Share> versions, Map<String, String> annotations) {}

    static NewDeployment deployment(List<TrafficShare> shares, String message) {
        List<Share> versions = shares.stream()
                .map(share -> new Share(share.versionId(), number(share.percentage())))
                .toList();
        return new NewDeployment("percentage", versions, annotations(message, ""));
    }

    /** A whole number without a point, as wrangler writes it. */
    private static Number number(double percentage) {
        boolean whole = percentage == Math.rint(percentage);
        return whole ? (Number) (int) percentage : (Number) percentage;
    }

    record Subdomain(
            boolean enabled,
            @JsonProperty("previews_enabled") boolean previews) {}

    record Schedule(String cron) {}

    record NewCustomDomain(
            String hostname,
            String service,

            @JsonProperty("zone_id") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String zoneId) {}

    record NewRoute(String pattern, String script) {}

    record Query(String sql) {
        @Override
        public String toString() {
            return "Query[%d characters]".formatted(sql.length());
        }
    }

    record NewProject(
            String name, @JsonProperty("production_branch") String productionBranch) {}

    /** A variable that is null goes. */
    record Variable(String type, String value) {
        static Variable plain(String value) {
            return new Variable("plain_text", value);
        }
    }

    record Variables(@JsonProperty("env_vars") Map<String, @Nullable Variable> variables) {}

    record ProjectVariables(
            @JsonProperty("deployment_configs") Map<String, Variables> byEnvironment) {}

    static ProjectVariables variables(String environment, Map<String, String> values, Set<String> removed) {
        Map<String, @Nullable Variable> variables = new TreeMap<>();
        removed.forEach(name -> variables.put(name, null));
        values.forEach((name, value) -> variables.put(name, Variable.plain(value)));
        return new ProjectVariables(Map.of(environment, new Variables(variables)));
    }

    record Hashes(List<String> hashes) {}

    record Name(String name) {}
}
