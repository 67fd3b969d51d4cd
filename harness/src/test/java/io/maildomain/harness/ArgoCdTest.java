package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The Lua of {@code examples/argocd/argocd-cm.yaml}, run over resources as the operator leaves them. */
class ArgoCdTest {

    private static final Path CASES = Path.of("src/test/resources/io/maildomain/harness/argocd/cases.yaml");

    /**
     * A resource and what Argo CD shows of it.
     *
     * @param health and the beginning of its message
     */
    record Case(String name, String health, String message, JsonNode resource) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (JsonNode each : read(CASES)) {
            cases.add(new Case(
                    each.path("name").asText(),
                    each.path("health").asText(),
                    each.path("message").asText(),
                    each.path("resource")));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void argoCdShowsTheHealthOfAResource(Case each) {
        LuaValue health = ArgoCd.health(each.resource());

        assertThat(health.get("status").tojstring()).isEqualTo(each.health());
        assertThat(health.get("message").tojstring()).startsWith(each.message());
    }

    @Test
    void everyHealthThatThereIsComesUp() {
        assertThat(cases().map(Case::health).distinct())
                .containsExactlyInAnyOrder("Healthy", "Progressing", "Degraded", "Suspended");
        assertThat(cases().map(each -> each.resource().path("kind").asText()).distinct())
                .containsExactlyInAnyOrder(
                        "MailDomain",
                        "CatchAllRule",
                        "CloudflareAccount",
                        "Mailbox",
                        "DestinationAddress",
                        "MailWorker",
                        "MailSite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MailDomain",
                "CatchAllRule",
                "CloudflareAccount",
                "Mailbox",
                "DestinationAddress",
                "MailWorker",
                "MailSite"
            })
    void reconcileSetsTheAnnotationThatMakesTheOperatorLookAtOnce(String kind) {
        ObjectNode resource = (ObjectNode)
                cases().filter(each -> each.resource().path("kind").asText().equals(kind))
                        .findFirst()
                        .orElseThrow()
                        .resource();

        LuaValue changed = ArgoCd.run(ArgoCd.action(kind, "reconcile"), resource);

        assertThat(changed.get("metadata")
                        .get("annotations")
                        .get("maildomain.io/reconcile-requested-at")
                        .tojstring())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(changed.get("spec").istable()).isEqualTo(resource.has("spec"));
    }

    @Test
    void suspendAndResumeSetTheFieldAndAreOfferedInTurn() {
        JsonNode running = Serialization.unmarshal("metadata: {}\nspec: {domain: a.example}\n", JsonNode.class);
        JsonNode suspended =
                Serialization.unmarshal("metadata: {}\nspec: {domain: a.example, suspend: true}\n", JsonNode.class);

        assertThat(ArgoCd.run(ArgoCd.action("MailDomain", "suspend"), running)
                        .get("spec")
                        .get("suspend")
                        .toboolean())
                .isTrue();
        assertThat(ArgoCd.run(ArgoCd.action("MailDomain", "resume"), suspended)
                        .get("spec")
                        .get("suspend")
                        .isnil())
                .isTrue();
        assertThat(offered("MailDomain", running)).containsExactly("reconcile", "suspend");
        assertThat(offered("MailDomain", suspended)).containsExactly("reconcile", "resume");
        assertThat(offered("CatchAllRule", running)).containsExactly("reconcile");
        assertThat(offered("CloudflareAccount", running)).containsExactly("reconcile");
        assertThat(offered("Mailbox", running)).containsExactly("reconcile");
        assertThat(offered("DestinationAddress", running)).containsExactly("reconcile");
        assertThat(offered("MailWorker", running)).containsExactly("reconcile");
        assertThat(offered("MailSite", running)).containsExactly("reconcile");
    }

    private static List<String> offered(String kind, JsonNode resource) {
        LuaTable actions = ArgoCd.run(ArgoCd.actions(kind).path("discovery.lua").asText(), resource)
                .checktable();
        return Stream.of(actions.keys())
                .filter(name -> !actions.get(name).get("disabled").toboolean())
                .map(LuaValue::tojstring)
                .sorted()
                .toList();
    }

    private static JsonNode read(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), JsonNode.class);
        } catch (IOException e) {
            throw new HarnessException(file + " cannot be read", e);
        }
    }
}
