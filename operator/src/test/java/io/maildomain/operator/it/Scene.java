package io.maildomain.operator.it;

import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.awaitility.core.ThrowingRunnable;

/** What a test says and sees: manifests on one side, Cloudflare on the other. */
record Scene(OperatorExtension rig) {

    static final String TEAM = "team@corp.example";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    // ---- Cloudflare before and behind the operator

    /** A verified destination address. */
    Scene destination(String email) {
        rig.dashboard().addAddress(email);
        rig.control().verify(email);
        return this;
    }

    /** An active zone with Email Routing on that another user set up. @return its id */
    String settledZone(String domain) {
        String zone = activeZone(domain);
        rig.dashboard().enableRouting(zone);
        return zone;
    }

    /** An active zone without Email Routing. @return its id */
    String activeZone(String domain) {
        String zone = rig.dashboard().createZone(domain);
        rig.control().activate(domain);
        return zone;
    }

    void foreignMx(String zone, String host) {
        rig.dashboard()
                .call(
                        "POST",
                        "/zones/" + zone + "/dns_records",
                        Map.of(
                                "type",
                                "MX",
                                "name",
                                host,
                                "content",
                                "mail.elsewhere.example",
                                "priority",
                                10,
                                "ttl",
                                3600));
    }

    /** The token may read DNS records as well, which the runtime rights do not contain. */
    void mayReadDnsRecords() {
        List<String> rights = Stream.concat(SimulatorControl.RUNTIME_RIGHTS.stream(), Stream.of("Zone: DNS: Read"))
                .toList();
        rig.control().putToken("runtime", rig.token(), rights);
    }

    boolean zoneExists(String domain) {
        return rig.dashboard().get("/zones?name=" + domain).size() > 0;
    }

    JsonNode routing(String zone) {
        return rig.dashboard().get("/zones/" + zone + "/email/routing");
    }

    JsonNode catchAll(String zone) {
        return rig.dashboard().get("/zones/" + zone + "/email/routing/rules/catch_all");
    }

    /** The rules for single addresses. */
    List<JsonNode> rules(String zone) {
        return stream(rig.dashboard().rules(zone))
                .filter(rule ->
                        rule.path("matchers").path(0).path("type").asText().equals("literal"))
                .toList();
    }

    /** The rule for the address. */
    JsonNode rule(String zone, String address) {
        return rules(zone).stream()
                .filter(rule -> addressOf(rule).equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule for " + address + " in " + rules(zone)));
    }

    List<String> addresses(String zone) {
        return rules(zone).stream().map(Scene::addressOf).sorted().toList();
    }

    static String addressOf(JsonNode rule) {
        return rule.path("matchers").path(0).path("value").asText();
    }

    /** Where a rule or catch-all sends mail: {@code forward team@corp.example}. */
    static String goesTo(JsonNode rule) {
        JsonNode action = rule.path("actions").path(0);
        return (action.path("type").asText() + " "
                        + action.path("value").path(0).asText())
                .trim();
    }

    /** How many writing calls the operator has made since the calls were cleared. */
    long writes() {
        return calls().filter(call -> !call.path("method").asText().equals("GET"))
                .count();
    }

    /**
     * Forgets the calls made so far, once the operator is at rest. A resource that says Ready may be looked at once more:
     * what it refers to can become known while it is reconciled.
     */
    void countFromNow() {
        cloudflareIsLeftAlone(Duration.ofSeconds(2));
        rig.control().clearCalls();
    }

    /** Waits until there is no call for so long; one that is under way may end first. */
    void cloudflareIsLeftAlone(Duration howLong) {
        AtomicLong seen = new AtomicLong(-1);
        await().during(howLong).atMost(howLong.plus(PATIENCE)).until(() -> {
            long calls = calls().count();
            return seen.getAndSet(calls) == calls;
        });
    }

    /** For a while there is no writing call: drift checks find nothing to do. */
    void cloudflareStaysUnwritten() {
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> writes() == 0);
    }

    Stream<JsonNode> calls() {
        return stream(rig.control().calls().path("calls"));
    }

    /** Everything that Cloudflare holds but tokens: for saying that nothing is left, lost or changed. */
    JsonNode cloudflare() {
        ObjectNode state = (ObjectNode) rig.control().state().deepCopy();
        state.remove("tokens");
        return state;
    }

    Dashboard dashboard() {
        return rig.dashboard();
    }

    // ---- Kubernetes

    /** Applies a MailDomain; {@code spec} is the rest of the spec in flow style, such as {@code rules: [...]}. */
    void mailDomain(String name, String domain, String... spec) {
        rig.apply(mailDomainYaml(rig.namespace(), name, domain, spec));
    }

    String mailDomainYaml(String namespace, String name, String domain, String... spec) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: %s, namespace: %s}
                spec:
                  domain: %s
                """.formatted(name, namespace, domain));
        if (Stream.of(spec).noneMatch(line -> line.startsWith("credentials:"))) {
            yaml.append("  credentials: {accountRef: {name: ")
                    .append(rig.account())
                    .append("}}\n");
        }
        Stream.of(spec).forEach(line -> yaml.append("  ").append(line).append('\n'));
        return yaml.toString();
    }

    void catchAll(String name, String mailDomain, String action, String... spec) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: %s, namespace: %s}
                spec:
                  domainRef: {name: %s}
                  action: {%s}
                """.formatted(name, rig.namespace(), mailDomain, action));
        Stream.of(spec).forEach(line -> yaml.append("  ").append(line).append('\n'));
        rig.apply(yaml.toString());
    }

    /** A Secret besides the account's. */
    void secret(String namespace, String name, Map<String, String> data) {
        rig.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .serverSideApply();
    }

    /** Takes away an account that a test made besides the rig's. */
    void forgetAccount(String name) {
        Resource<CloudflareAccount> account =
                rig.client().resources(CloudflareAccount.class).withName(name);
        // Deleted first: on an account that is not going, the operator would put its finalizer back.
        account.delete();
        eventually(() -> {
            MergePatch.takeFinalizersOff(account);
            Assertions.assertThat(account.get()).isNull();
        });
    }

    static String forward(String address, String to) {
        return "{address: " + address + ", action: {forwardTo: " + to + "}}";
    }

    static String rulesOf(String... rules) {
        return "rules: [" + String.join(", ", rules) + "]";
    }

    MailDomain mailDomain(String name) {
        return domains(name).get();
    }

    CatchAllRule catchAllRule(String name) {
        return catchAlls(name).get();
    }

    CloudflareAccount account() {
        return rig.client()
                .resources(CloudflareAccount.class)
                .withName(rig.account())
                .get();
    }

    Resource<MailDomain> domains(String name) {
        return rig.client()
                .resources(MailDomain.class)
                .inNamespace(rig.namespace())
                .withName(name);
    }

    Resource<CatchAllRule> catchAlls(String name) {
        return rig.client()
                .resources(CatchAllRule.class)
                .inNamespace(rig.namespace())
                .withName(name);
    }

    /** Sets an annotation as {@code kubectl annotate} does. @return the resource's version then */
    String annotate(String mailDomain, String name, String value) {
        return MergePatch.annotate(domains(mailDomain), name, value)
                .getMetadata()
                .getResourceVersion();
    }

    /** The Events of the test's namespace: {@code Reason: message}. */
    List<String> events() {
        return rig.client().v1().events().inNamespace(rig.namespace()).list().getItems().stream()
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    // ---- waiting

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(NullPointerException.class)
                .untilAsserted(assertion);
    }

    /** Asserts on a MailDomain's conditions of its present generation, until they hold. */
    void eventuallyDomain(String name, Consumer<StatusAssert> assertion) {
        eventually(() -> assertion.accept(current(mailDomain(name))));
    }

    void eventuallyCatchAll(String name, Consumer<StatusAssert> assertion) {
        eventually(() -> {
            CatchAllRule rule = catchAllRule(name);
            requireCurrent(rule, rule.getStatus().observedGeneration());
            assertion.accept(assertThatConditions(rule.getStatus().conditions()));
        });
    }

    void eventuallyReady(String name) {
        eventuallyDomain(name, StatusAssert::isReady);
    }

    void delete(String name) {
        domains(name).delete();
        eventually(() -> Assertions.assertThat(domains(name).get()).isNull());
    }

    List<Condition> conditions(String name) {
        return mailDomain(name).getStatus().conditions();
    }

    private static StatusAssert current(MailDomain domain) {
        requireCurrent(domain, domain.getStatus().observedGeneration());
        return assertThatConditions(domain.getStatus().conditions());
    }

    private static void requireCurrent(HasMetadata resource, Long observed) {
        if (!resource.getMetadata().getGeneration().equals(observed)) {
            throw new AssertionError("the status is of generation " + observed);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
