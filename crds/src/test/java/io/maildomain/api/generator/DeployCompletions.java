package io.maildomain.api.generator;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the annotations of the Java types cannot say of the kinds that are deployed; see {@link Completions}. */
final class DeployCompletions {
    private static final ValidationRule HOST = Completions.rule(
            "self.matches('^(" + Completions.LABEL + "[.])+" + Completions.TOP_LABEL + "$')",
            "a custom domain is one lower-case host name, such as api.example.com: no scheme, no path and no *");

    private static final ValidationRule CRON = Completions.rule(
            "self.matches('^[0-9A-Za-z*,/#?-]+( [0-9A-Za-z*,/#?-]+){4}$')",
            "a schedule is five fields as cron has them, with one space between them, such as */15 * * * *");

    private static final ValidationRule FLAG = Completions.rule(
            "self.matches('^[a-z0-9_:]+$')",
            "a compatibility flag is Cloudflare's word for it: lower-case letters, digits, _ and :, such as nodejs_compat");

    private static final ValidationRule VARIABLE_NAME = Completions.rule(
            "self.all(key, key.size() <= 64 && key.matches('^[A-Za-z_$][A-Za-z0-9_$]*$'))",
            "the name of a variable is an identifier of JavaScript: at most 64 letters, digits, _ and $, no digit first, such as APP_ENV");

    private static final ValidationRule PROPERTY_NAME = Completions.rule(
            "self.all(key, key.size() <= 64 && key.matches('^[a-z][a-z0-9_]*$')) && !('name' in self) && !('type' in self)",
            "a property is Cloudflare's word for it, in lower case, such as queue_name; name and type stand beside properties");

    private static final ValidationRule DATABASE_PATTERN = Completions.rule(
            "self.matches('^[A-Za-z0-9_*][A-Za-z0-9_*-]*$')",
            "write the name of a D1 database (no id), where * stands for any characters, such as mail-db");

    private static final ValidationRule BUCKET_PATTERN = Completions.rule(
            "self.matches('^[a-z0-9*][a-z0-9*-]*$')",
            "write the name of an R2 bucket in lower case, where * stands for any characters, such as mail-*");

    private static final ValidationRule PROJECT_PATTERN = Completions.rule(
            "self.matches('^[a-z0-9*][a-z0-9*-]*$')",
            "write the name of a Pages project in lower case, where * stands for any characters, such as mail-web");

    private static final ValidationRule HOST_PATTERN = Completions.rule(
            "self == '*' || self.matches('^([*][.])?(" + Completions.LABEL + "[.])+" + Completions.TOP_LABEL + "$')",
            "write a lower-case host name such as api.example.com, *.example.com for every name below example.com, or * for every"
                    + " host name");

    private static final ValidationRule BINDING_PATTERN = Completions.rule(
            "self == '*' || self.matches('^[a-z][a-z0-9_]*(:[A-Za-z0-9_./*-]+)?$')",
            "write the type of a binding and what it names, where * stands for any characters, such as queue:mail-*; the type only"
                    + " where nothing is named, such as ai; or * for every binding");

    private static final String EACH_NAME_ONCE =
            "each name is bound once: databases, buckets, variables, secrets and bindings of a Worker share one set of names";

    /** The lists of what a script is bound to, each with the field that holds the name; that of a map is its key. */
    private static final Map<String, String> BOUND =
            Map.of("databases", "binding", "buckets", "binding", "secrets", "name", "bindings", "name");

    private DeployCompletions() {}

    static Map<String, Map<String, Consumer<JSONSchemaProps>>> schemas() {
        Map<String, Consumer<JSONSchemaProps>> worker = ofBoth();
        worker.put("spec", DeployCompletions::eachNameOnce);
        worker.put("spec.databases", Completions.keyedBy("binding"));
        worker.put("spec.buckets", Completions.keyedBy("binding"));
        worker.put(
                "spec.buckets[].jurisdiction",
                schema -> schema.setEnum(
                        List.of(TextNode.valueOf("default"), TextNode.valueOf("eu"), TextNode.valueOf("fedramp"))));
        worker.put("spec.secrets", Completions.keyedBy("name"));
        worker.put("spec.secrets[].valueFrom", Completions::atomic);
        worker.put("spec.bindings", Completions.keyedBy("name"));
        worker.put("spec.bindings[].properties", texts(16, 1024, PROPERTY_NAME));
        worker.put("spec.compatibilityFlags", setOf(FLAG));
        worker.put("spec.schedules", setOf(CRON));
        worker.put("spec.routes", Completions.keyedBy("pattern"));
        return Map.of("MailWorker", worker, "MailSite", ofBoth());
    }

    /** Of what an account grants to deploy, below that path. */
    static Map<String, Consumer<JSONSchemaProps>> grants(String path) {
        return Map.of(
                path + "workers[]", Completions.with(Completions.WORKER_PATTERN),
                path + "databases[]", Completions.with(DATABASE_PATTERN),
                path + "buckets[]", Completions.with(BUCKET_PATTERN),
                path + "pages[]", Completions.with(PROJECT_PATTERN),
                path + "hostnames[]", Completions.with(HOST_PATTERN),
                path + "bindings[]", Completions.with(BINDING_PATTERN));
    }

    private static Map<String, Consumer<JSONSchemaProps>> ofBoth() {
        Map<String, Consumer<JSONSchemaProps>> both = new HashMap<>();
        both.put("spec.accountRef", Completions::atomic);
        both.put("spec.source", Completions::atomic);
        both.put("spec.customDomains", setOf(HOST));
        both.put("spec.variables", texts(64, 5120, VARIABLE_NAME));
        both.put("status.conditions", Completions.keyedBy("type"));
        both.put("status.conditions[].status", Completions::conditionStatus);
        return both;
    }

    static Map<String, List<CustomResourceColumnDefinition>> columns() {
        return Map.of(
                "MailWorker", columns("SCRIPT", ".spec.script", "The name of the script."),
                "MailSite", columns("PROJECT", ".spec.project", "The name of the Pages project."));
    }

    private static List<CustomResourceColumnDefinition> columns(String name, String path, String description) {
        return List.of(
                Completions.column(name, "string", path, description),
                Completions.READY,
                Completions.REASON,
                Completions.column(
                        "VERSION", "string", ".status.summary.version", "The beginning of the id of what serves."),
                Completions.wide("SOURCE", "string", ".status.summary.source", "The beginning of the files' digest."),
                Completions.wide("ACCOUNT", "string", ".status.summary.account", "The account in use."),
                Completions.AGE);
    }

    private static Consumer<JSONSchemaProps> setOf(ValidationRule rule) {
        return schema -> {
            schema.setXKubernetesListType("set");
            schema.getItems().getSchema().setXKubernetesValidations(List.of(rule));
        };
    }

    private static Consumer<JSONSchemaProps> texts(long entries, long longest, ValidationRule names) {
        return schema -> {
            schema.setMaxProperties(entries);
            schema.setXKubernetesValidations(List.of(names));
            schema.getAdditionalProperties().getSchema().setMaxLength(longest);
        };
    }

    /** Pair by pair, with the names of the fields: of a list that an expression puts together the API server does not know how long it is. */
    private static void eachNameOnce(JSONSchemaProps spec) {
        List<ValidationRule> rules = new ArrayList<>(spec.getXKubernetesValidations());
        List<String> lists = BOUND.keySet().stream().sorted().toList();
        List<String> pairs = new ArrayList<>();
        for (String one : lists) {
            String name = "x." + BOUND.get(one);
            pairs.add("(!has(self." + one + ") || !has(self.variables) || self." + one + ".all(x, !(" + name
                    + " in self.variables)))");
            lists.stream()
                    .filter(other -> other.compareTo(one) > 0)
                    .forEach(other -> pairs.add("(!has(self." + one + ") || !has(self." + other + ") || self." + one
                            + ".all(x, !self." + other + ".exists(y, y." + BOUND.get(other) + " == " + name + ")))"));
        }
        rules.add(Completions.rule(String.join(" && ", pairs), EACH_NAME_ONCE));
        spec.setXKubernetesValidations(rules);
    }
}
