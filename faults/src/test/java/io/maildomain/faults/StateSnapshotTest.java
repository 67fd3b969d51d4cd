package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.simulator.calls.SeenCall;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison that every case ends with notices whatever must not be. */
class StateSnapshotTest {

    private static final JsonNode SEED = InitialState.state();

    private ObjectNode state;

    /** As after a clean run: one rule of ours in a zone of theirs, and a zone of ours. */
    @BeforeEach
    void afterACleanRun() {
        state = SEED.deepCopy();
        rules(zone("settled.example")).add(rule("new@settled.example"));
        ObjectNode fresh = zone("bystander.example").deepCopy();
        fresh.put("name", "fresh.example");
        renew(fresh);
        fresh.path("dns_records").forEach(record -> renew((ObjectNode) record));
        rules(fresh).forEach(rule -> renew((ObjectNode) rule));
        renew((ObjectNode) fresh.path("catch_all"));
        zones().add(fresh);
    }

    @Test
    void twoRunsThatDidTheSameAreTheSameThoughIdsAndTimesDiffer() {
        StateSnapshot first = picture(state);
        ObjectNode ours = (ObjectNode) zone("fresh.example");
        renew(ours);
        ((ObjectNode) ours.path("registration")).put("created_on", "2030-01-01T00:00:00Z");
        ArrayNode rules = rules(zone("settled.example"));
        renew((ObjectNode) rules.get(rules.size() - 1));
        assertThat(first.differences(picture(state))).isEmpty();
    }

    @Test
    void aDuplicateShows() {
        changes(now -> rules(zone("settled.example")).add(rule("new@settled.example")), "+ settled.example rule");
        changes(
                now -> rules(zone("fresh.example"))
                        .add(copy(rules(zone("fresh.example")).get(0))),
                "+ fresh.example rule");
        changes(now -> zones().add(copy(zone("fresh.example"))), "+ fresh.example zone");
    }

    @Test
    void whatIsLeftOverShows() {
        changes(
                now -> ((ArrayNode) zone("settled.example").path("dns_records"))
                        .add(copy(zone("settled.example").path("dns_records").get(0))),
                "+ settled.example record");
        changes(
                now -> ((ObjectNode) zone("settled.example").path("routing").path("hosts"))
                        .put("in.settled.example", "locked"),
                "+ settled.example zone");
        changes(
                now -> ((ObjectNode) zone("settled.example").path("routing")).put("support_subaddress", true),
                "+ settled.example zone");
    }

    @Test
    void whatIsLostShows() {
        changes(now -> rules(zone("settled.example")).remove(0), "- settled.example rule");
        changes(now -> zones().remove(zones().size() - 1), "- fresh.example zone");
        changes(
                now -> ((ArrayNode) zone("bystander.example").path("dns_records")).remove(0),
                "- bystander.example record");
    }

    @Test
    void aForeignThingThatWasChangedShows() {
        changes(
                now -> ((ObjectNode) rules(zone("bystander.example")).get(0)).put("enabled", false),
                "+ bystander.example rule");
        changes(
                now -> ((ObjectNode) rules(zone("settled.example")).get(0)).put("priority", 7),
                "+ settled.example rule");
        changes(
                now -> ((ObjectNode) zone("bystander.example").path("catch_all")).put("name", "ours now"),
                "+ bystander.example catch-all");
    }

    @Test
    void aForeignThingThatWasDeletedAndMadeAgainShows() {
        changes(now -> renew((ObjectNode) rules(zone("bystander.example")).get(0)), "- bystander.example rule");
        changes(
                now -> renew(
                        (ObjectNode) zone("settled.example").path("dns_records").get(0)),
                "- settled.example record");
        changes(now -> renew((ObjectNode) zone("bystander.example")), "- bystander.example zone");
    }

    @Test
    void aWriteToAForeignThingShowsThoughItLeftEverythingAsItWas() {
        String id = rules(zone("bystander.example")).get(0).path("id").asText();
        StateSnapshot touched = StateSnapshot.of(state, SEED, List.of(call("PUT", id)), List.of());
        assertThat(picture(state).differences(touched))
                .singleElement()
                .asString()
                .startsWith("+ touched what is foreign: PUT");
        StateSnapshot read = StateSnapshot.of(state, SEED, List.of(call("GET", id)), List.of());
        assertThat(picture(state).differences(read)).isEmpty();
    }

    @Test
    void anOwnershipRecordThatForgotOrDoubtsShows() {
        StateSnapshot known = ofOwnership("{zone: {id: abc, origin: Created}, subdomains: [in.fresh.example]}");
        assertThat(known.differences(ofOwnership("{zone: {id: abc, origin: Adopted}, subdomains: [in.fresh.example]}")))
                .hasSize(2);
        assertThat(known.differences(ofOwnership("{zone: {id: abc, origin: Created}}")))
                .hasSize(2);
        assertThat(known.differences(new StateSnapshot(List.of()))).isNotEmpty();
    }

    private void changes(Consumer<ObjectNode> change, String expected) {
        ObjectNode before = state.deepCopy();
        StateSnapshot was = picture(state);
        change.accept(state);
        assertThat(was.differences(picture(state))).anyMatch(line -> line.startsWith(expected));
        state = before;
    }

    private static StateSnapshot picture(JsonNode state) {
        return StateSnapshot.of(state, SEED, List.of(), List.of());
    }

    private static StateSnapshot ofOwnership(String ownership) {
        HasMetadata domain = Serialization.unmarshal("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: fresh}
                spec: {domain: fresh.example}
                status: {ownership: %s}
                """.formatted(ownership), MailDomain.class);
        return StateSnapshot.of(SEED, SEED, List.of(), List.of(domain));
    }

    private static SeenCall call(String method, String ruleId) {
        return new SeenCall(
                1, Instant.EPOCH, method, "/client/v4/zones/z/email/routing/rules/" + ruleId, "", 200, null, false);
    }

    private ArrayNode zones() {
        return (ArrayNode) state.path("zones");
    }

    private JsonNode zone(String name) {
        return Json.elements(zones())
                .filter(zone -> zone.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ArrayNode rules(JsonNode zone) {
        return (ArrayNode) zone.path("rules");
    }

    private static ObjectNode rule(String address) {
        ObjectNode rule = Json.object();
        rule.put("name", "mail/settled [mdo:faults]").put("enabled", true).put("priority", 0);
        rule.putArray("matchers")
                .addObject()
                .put("type", "literal")
                .put("field", "to")
                .put("value", address);
        rule.putArray("actions").addObject().put("type", "drop");
        renew(rule);
        return rule;
    }

    private static ObjectNode copy(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        renew(copy);
        return copy;
    }

    private static void renew(ObjectNode object) {
        object.put("id", UUID.randomUUID().toString().replace("-", ""));
        object.put("created_on", Instant.now().toString());
    }
}
