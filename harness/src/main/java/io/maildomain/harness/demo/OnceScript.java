package io.maildomain.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.MergePatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code ./demo --once} does after all is Ready: a rule is changed, another is broken at Cloudflare, everything is
 * deleted, and the simulator must hold what it held before.
 */
record OnceScript(DemoScript play, Examples examples, Cloudflare before) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHANGED = "hello@settled.example";
    private static final String BROKEN = "support@fresh.example";

    /** @throws HarnessException saying what went wrong */
    void run() {
        changeARule();
        breakARule();
        deleteEverything();
        compare();
        endTheOperator();
    }

    private void changeARule() {
        play.screen().say("changing a rule: mail for " + CHANGED + " is dropped from now on");
        Resource<GenericKubernetesResource> domain = stage().client()
                .genericKubernetesResources(ResourceTable.API_VERSION, ResourceTable.MAIL_DOMAIN)
                .inNamespace("mail")
                .withName("settled-example");
        MergePatch.merge(domain, Map.of("spec", Map.of("rules", rulesWithDrop(domain.get()))));
        play.until(
                CHANGED + " is dropped at Cloudflare and all is Ready",
                PATIENCE,
                board -> board.isAllReady() && action(CHANGED).equals("drop"));
        play.screen().say("changed at Cloudflare, in place");
    }

    private static List<Map<String, Object>> rulesWithDrop(GenericKubernetesResource domain) {
        List<Map<String, Object>> rules = new ArrayList<>(domain.<List<Map<String, Object>>>get("spec", "rules"));
        rules.replaceAll(rule -> CHANGED.equals(rule.get("address"))
                ? Map.of("address", CHANGED, "action", Map.of("drop", true))
                : rule);
        return rules;
    }

    private void breakARule() {
        JsonNode rule = stage().cloudflare().rule(domainOf(BROKEN), BROKEN);
        play.screen()
                .say("behind the operator's back another user sends mail for " + BROKEN + " to admin@corp.example");
        Dashboard dashboard = stage().control().dashboard();
        dashboard.updateRule(
                stage().cloudflare().zone(domainOf(BROKEN)).path("id").asText(),
                rule.path("id").asText(),
                rule.path("name").asText(),
                BROKEN,
                Dashboard.forward("admin@corp.example"));
        play.until(
                "the rule for " + BROKEN + " is mended",
                PATIENCE,
                board -> board.isAllReady()
                        && stage().cloudflare().rule(domainOf(BROKEN), BROKEN).equals(rule));
        play.screen().say("seen and mended by the operator, which says: " + lastDriftCorrected());
    }

    private String lastDriftCorrected() {
        return ResourceTable.read(stage().client())
                .ofKind(ResourceTable.MAIL_DOMAIN)
                .filter(domain -> domainOf(BROKEN).equals(domain.get("spec", "domain")))
                .map(domain -> domain.<String>get("status", "lastDriftCorrected", "what"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("nothing");
    }

    private void deleteEverything() {
        play.screen().say("deleting everything");
        examples.delete(stage().client());
        play.until("every resource is gone", PATIENCE, ResourceTable::isEmpty);
    }

    /** What the registrar and the owners of addresses did is theirs, and stays; so does what is in a database. */
    private void compare() {
        List<Pattern> expected = Stream.concat(
                        Stream.of("/history/.*", "/accounts/.*/databases/mail-db/.*"),
                        play.world().verified().stream()
                                .map(email ->
                                        "/accounts/.*/addresses/" + Pattern.quote(email) + "/(verified|modified)"))
                .map(Pattern::compile)
                .toList();
        List<String> differences = new StateComparison(expected)
                .differences(before.state(), stage().cloudflare().state());
        if (!differences.isEmpty()) {
            throw new HarnessException(
                    "Cloudflare does not hold what it held before:\n  " + String.join("\n  ", differences));
        }
        play.screen()
                .say(
                        "Cloudflare holds exactly what it held before, and the tables of mail-db: no database is ever emptied");
    }

    private void endTheOperator() {
        int code = stage().operator().terminate();
        if (code != 0) {
            throw new HarnessException("the operator was asked to end (SIGTERM) and did, but with exit code " + code);
        }
    }

    private String action(String address) {
        return stage().cloudflare().actionOf(domainOf(address), address);
    }

    private static String domainOf(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    private Stage stage() {
        return play.stage();
    }
}
