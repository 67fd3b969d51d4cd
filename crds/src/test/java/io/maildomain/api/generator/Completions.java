package io.maildomain.api.generator;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the annotations of the Java types cannot say, written down path by path. */
final class Completions {
    static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    static final String TOP_LABEL = "[a-z]([a-z0-9-]{0,61}[a-z0-9])";

    private static final ValidationRule RELATIVE_HOST = rule(
            "self.matches('^" + LABEL + "([.]" + LABEL + ")*$')",
            "a subdomain is one or more lower-case labels relative to spec.domain, such as in or in.eu");

    private static final ValidationRule DOMAIN_PATTERN = rule(
            "self == '*' || self.matches('^([*]|" + LABEL + ")[.](" + LABEL + "[.])*" + TOP_LABEL + "$')",
            "write a lower-case domain such as example.com (its subdomains are included), *.co.uk with the * as the"
                    + " whole first label, or * for every domain");

    static final ValidationRule WORKER_PATTERN = rule(
            "self.matches('^[a-z0-9_*][a-z0-9_*-]*$')",
            "write the name of a Worker in lower case, where * stands for any characters, such as mailbox-*");

    private static final ValidationRule ADDRESS_PATTERN = rule(
            "self == '*' || self.matches(\"^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@([*][.])?(" + LABEL + "[.])+" + TOP_LABEL
                    + "$\")",
            "write a lower-case address such as team@corp.example, *@corp.example for a whole domain, or * for every"
                    + " address");

    private static final ValidationRule MAILBOX_PATTERN = rule(
            "self == '*' || self.matches(\"^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@([*][.])?(" + LABEL + "[.])+" + TOP_LABEL
                    + "$\")",
            "write the addresses that a Mailbox may have in lower case, such as *@in.example.com or pr-*@example.com, or * for every"
                    + " address of the domain");

    private static final ValidationRule LABEL_VALUE = rule(
            "self.matches('^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$')",
            "the value of a label has letters, digits, -, _ and . only");

    private static final ValidationRule LABEL_KEY = rule(
            "self.all(key, key.matches('^([a-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$'))",
            "the name of a label has letters, digits, -, _ and . only, such as kubernetes.io/metadata.name");

    private Completions() {}

    /** By kind, then by path: what is done to the schema there. Each path must exist. */
    static Map<String, Map<String, Consumer<JSONSchemaProps>>> schemas() {
        return both(
                both(ofMail(), Map.of("Mailbox", ofMailbox(), "DestinationAddress", ofDestination())),
                DeployCompletions.schemas());
    }

    private static Map<String, Consumer<JSONSchemaProps>> ofAccount() {
        return both(
                DeployCompletions.grants("spec.access[].deploy."),
                Map.of(
                        "spec.secretRef",
                        Completions::atomic,
                        "spec.deploySecretRef",
                        Completions::atomic,
                        "spec.access[].domains[]",
                        with(DOMAIN_PATTERN),
                        "spec.access[].workers[]",
                        with(WORKER_PATTERN),
                        "spec.access[].forwardTo[]",
                        with(ADDRESS_PATTERN),
                        "spec.access[].namespaces.matchLabels",
                        Completions::labels,
                        "spec.access[].namespaces.matchExpressions[].values[]",
                        with(LABEL_VALUE),
                        "status.conditions",
                        keyedBy("type"),
                        "status.conditions[].status",
                        Completions::conditionStatus));
    }

    private static Map<String, Consumer<JSONSchemaProps>> ofMailbox() {
        return Map.of(
                "spec.domainRef", Completions::atomic,
                "spec.action", Completions::atomic,
                "status.conditions", keyedBy("type"),
                "status.conditions[].status", Completions::conditionStatus);
    }

    private static Map<String, Consumer<JSONSchemaProps>> ofDestination() {
        return Map.of(
                "spec.accountRef", Completions::atomic,
                "status.conditions", keyedBy("type"),
                "status.conditions[].status", Completions::conditionStatus);
    }

    /** Of a MailDomain's spec.mailboxes. */
    private static Map<String, Consumer<JSONSchemaProps>> ofMailboxGrants() {
        return Map.of(
                "spec.mailboxes[].addresses[]",
                with(MAILBOX_PATTERN),
                "spec.mailboxes[].workers[]",
                with(WORKER_PATTERN),
                "spec.mailboxes[].forwardTo[]",
                with(ADDRESS_PATTERN),
                "spec.mailboxes[].namespaces.matchLabels",
                Completions::labels,
                "spec.mailboxes[].namespaces.matchExpressions[].values[]",
                with(LABEL_VALUE));
    }

    private static Map<String, Map<String, Consumer<JSONSchemaProps>>> ofMail() {
        return Map.of(
                "MailDomain",
                both(
                        ofMailboxGrants(),
                        Map.of(
                                "spec.subdomains",
                                schema -> schema.setXKubernetesListType("set"),
                                "spec.subdomains[]",
                                with(RELATIVE_HOST),
                                "spec.rules",
                                keyedBy("address"),
                                "spec.rules[].action",
                                Completions::atomic,
                                "spec.credentials",
                                Completions::atomic,
                                "status.conditions",
                                keyedBy("type"),
                                "status.conditions[].status",
                                Completions::conditionStatus)),
                "CatchAllRule",
                Map.of(
                        "spec.action", Completions::atomic,
                        "spec.domainRef", Completions::atomic,
                        "status.conditions", keyedBy("type"),
                        "status.conditions[].status", Completions::conditionStatus),
                "CloudflareAccount",
                ofAccount());
    }

    /** By kind: the columns of {@code kubectl get}, those with priority 1 only under {@code -o wide}. */
    static Map<String, List<CustomResourceColumnDefinition>> columns() {
        return both(
                both(
                        columnsOfMail(),
                        Map.of("Mailbox", columnsOfMailbox(), "DestinationAddress", columnsOfDestination())),
                DeployCompletions.columns());
    }

    private static <T> Map<String, T> both(Map<String, T> some, Map<String, T> others) {
        Map<String, T> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static Map<String, List<CustomResourceColumnDefinition>> columnsOfMail() {
        return Map.of(
                "MailDomain",
                List.of(
                        column("DOMAIN", "string", ".spec.domain", "The domain."),
                        READY,
                        REASON,
                        column("ZONE", "string", ".status.zone.status", "The zone's status at Cloudflare."),
                        column("ROUTING", "string", ".status.routing.status", "Email Routing's status at Cloudflare."),
                        column("RULES", "string", ".status.summary.rules", "Rules in line, of all rules."),
                        wide("NAMESERVERS", "string", ".status.summary.nameServers", "What to set at the registrar."),
                        wide("ACCOUNT", "string", ".status.summary.account", "The account or Secret in use."),
                        AGE),
                "CatchAllRule",
                List.of(
                        column("MAILDOMAIN", "string", ".spec.domainRef.name", "The MailDomain."),
                        READY,
                        REASON,
                        column("ENABLED", "boolean", ".spec.enabled", "Whether the catch-all is in force."),
                        wide("FORWARDTO", "string", ".spec.action.forwardTo", "Where mail is forwarded to."),
                        wide("WORKER", "string", ".spec.action.worker", "The Worker that is handed the mail."),
                        wide("DROP", "boolean", ".spec.action.drop", "Whether mail is dropped."),
                        AGE),
                "CloudflareAccount",
                List.of(
                        READY,
                        REASON,
                        column("RUNTIME", "string", ".status.runtime.state", "The state of the runtime token."),
                        column("DEPLOY", "string", ".status.deploy.state", "The state of the deploy token."),
                        column("BINDING", "boolean", ".status.domainBindingEnabled", "Whether zones can be created."),
                        // no date: kubectl prints those as an age, and a time to come as <invalid>
                        column("EXPIRES", "string", ".status.runtime.expiresAt", "When the runtime token expires."),
                        wide("RUNTIMEKEY", "string", ".status.runtime.key", "The key that holds the runtime token."),
                        wide("DEPLOYKEY", "string", ".status.deploy.key", "The key that holds the deploy token."),
                        wide("DEPLOYEXPIRES", "string", ".status.deploy.expiresAt", "When the deploy token expires."),
                        AGE));
    }

    private static List<CustomResourceColumnDefinition> columnsOfMailbox() {
        return List.of(
                column("ADDRESS", "string", ".spec.address", "The address."),
                READY,
                column("STATE", "string", ".status.state", "How the Mailbox stands."),
                // no date: kubectl prints those as an age, and a time to come as <invalid>
                column("EXPIRES", "string", ".status.expires", "When the Mailbox expires."),
                wide("MAILDOMAIN", "string", ".spec.domainRef.name", "The MailDomain."),
                wide("FORWARDTO", "string", ".spec.action.forwardTo", "Where mail is forwarded to."),
                wide("WORKER", "string", ".spec.action.worker", "The Worker that is handed the mail."),
                wide("DROP", "boolean", ".spec.action.drop", "Whether mail is dropped."),
                AGE);
    }

    private static List<CustomResourceColumnDefinition> columnsOfDestination() {
        return List.of(
                column("EMAIL", "string", ".spec.email", "The address."),
                READY,
                column("STATE", "string", ".status.state", "How the address stands."),
                column("VERIFIED", "string", ".status.verified", "When the link was clicked."),
                wide("ACCOUNT", "string", ".spec.accountRef.name", "The CloudflareAccount."),
                AGE);
    }

    static final CustomResourceColumnDefinition READY =
            column("READY", "string", ".status.conditions[?(@.type==\"Ready\")].status", "Whether all is well.");

    static final CustomResourceColumnDefinition REASON =
            column("REASON", "string", ".status.conditions[?(@.type==\"Ready\")].reason", "Why it is or is not.");

    static final CustomResourceColumnDefinition AGE =
            column("AGE", "date", ".metadata.creationTimestamp", "When it was created.");

    static CustomResourceColumnDefinition column(String name, String type, String path, String description) {
        return new CustomResourceColumnDefinition(description, null, path, name, null, type);
    }

    static CustomResourceColumnDefinition wide(String name, String type, String path, String description) {
        return new CustomResourceColumnDefinition(description, null, path, name, 1, type);
    }

    static ValidationRule rule(String expression, String message) {
        ValidationRule rule = new ValidationRule();
        rule.setRule(expression);
        rule.setMessage(message);
        return rule;
    }

    static Consumer<JSONSchemaProps> with(ValidationRule rule) {
        return schema -> schema.setXKubernetesValidations(List.of(rule));
    }

    static Consumer<JSONSchemaProps> keyedBy(String key) {
        return schema -> {
            schema.setXKubernetesListType("map");
            schema.setXKubernetesListMapKeys(List.of(key));
        };
    }

    /** A user who applies one alternative replaces the other, instead of ending up with both. */
    static void atomic(JSONSchemaProps schema) {
        schema.setXKubernetesMapType("atomic");
    }

    static void conditionStatus(JSONSchemaProps schema) {
        schema.setEnum(List.of(TextNode.valueOf("True"), TextNode.valueOf("False"), TextNode.valueOf("Unknown")));
    }

    private static void labels(JSONSchemaProps schema) {
        schema.setMaxProperties(20L);
        schema.setXKubernetesValidations(List.of(LABEL_KEY));
        JSONSchemaProps value = schema.getAdditionalProperties().getSchema();
        value.setMaxLength(63L);
        value.setXKubernetesValidations(List.of(LABEL_VALUE));
    }
}
