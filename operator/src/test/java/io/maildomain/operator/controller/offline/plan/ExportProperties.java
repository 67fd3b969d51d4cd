package io.maildomain.operator.controller.offline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.maildomain.api.v1alpha1.Admissible;
import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.maildomain.DomainArbitraries;
import io.maildomain.operator.controller.maildomain.ModelOperator;
import io.maildomain.operator.controller.maildomain.ModelZone;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.controller.offline.ManifestText;
import io.maildomain.operator.ownership.OwnerMark;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the manifests of every zone. */
class ExportProperties {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Property(tries = 500)
    void whatIsManagedIsPlannedWithoutAChangeWhoeverReadsIt(
            @ForAll("zones") ModelZone zone, @ForAll ConflictPolicy conflicts, @ForAll("ownerIds") String ownerId) {
        Exported exported = export(zone, conflicts);

        MailDomainSpec spec = exported.domain().getSpec();
        DesiredState desired = new DesiredState(spec, Grants.everything(), new OwnerMark(ownerId), "mail/other");
        if (exported.manages()) {
            assertThat(Planner.plan(desired, zone.observe(desired), Ownership.nothing())
                            .changes())
                    .isEmpty();
            assertThat(exported.seen().routing().enabled()).isTrue();
        } else {
            assertThat(exported.pending()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void everyRuleIsInAManifestOrInAComment(@ForAll("zones") ModelZone zone) {
        Exported exported = export(zone, ConflictPolicy.Refuse);

        long left = exported.left().stream()
                .filter(entry -> entry.what().startsWith("rule"))
                .count();
        assertThat(exported.domain().getSpec().rules().size() + left)
                .isEqualTo(zone.rules().size());
        assertThat(exported.ruleIds()).hasSameSizeAs(exported.domain().getSpec().rules());
    }

    @Property(tries = 500)
    void theTextSaysWhatItWasMadeFrom(
            @ForAll("locals") String local, @ForAll("words") String worker, @ForAll String name) throws IOException {
        ModelZone zone = new ModelZone()
                .routingOn()
                .withRule(new RoutingRule(
                        "1",
                        name,
                        true,
                        0,
                        List.of(Matcher.to(local + "@example.com")),
                        List.of(RuleAction.worker(worker)),
                        "api"))
                .withRule(new RoutingRule("2", name, true, 0, List.of(), List.of(), "api"));
        Exported exported = export(zone, ConflictPolicy.Adopt);

        JsonNode read = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(ManifestText.of(exported))
                .next();

        assertThat(YAML.convertValue(read.path("spec"), MailDomainSpec.class))
                .isEqualTo(exported.domain().getSpec());
        if (Admissible.address(local + "@example.com") && Admissible.worker(worker)) {
            assertThat(read.path("spec").path("rules").path(0).path("address").asText())
                    .isEqualTo(local + "@example.com");
        }
        assertThat(ManifestText.of(exported).lines().limit(3)).allMatch(line -> line.startsWith("# "));
    }

    private static Exported export(ModelZone zone, ConflictPolicy conflicts) {
        ManifestChoice choice = new ManifestChoice("mail", Credentials.ofDefaultAccount(), conflicts);
        ObservedState first = zone.observe(Export.desired(MailDomainSpec.of(ModelZone.DOMAIN)));
        MailDomainSpec spec = Export.of(first, choice, "example-com").domain().getSpec();
        return Export.of(zone.observe(Export.desired(spec)), choice, "example-com");
    }

    @Provide
    Arbitrary<ModelZone> zones() {
        return DomainArbitraries.anyZones();
    }

    /** Of the installation whose marks are in the zones, of others, and of one that is new. */
    @Provide
    Arbitrary<String> ownerIds() {
        return Arbitraries.of(ModelOperator.MARK.ownerId(), "others", "us-too", "none", "somewhere-else");
    }

    @Provide
    Arbitrary<String> locals() {
        return Arbitraries.strings()
                .withChars("abyeno019!#$%&'*+/=?^_`{|}~-.")
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("mailbox", "no", "true", "null", "0x1f", "1e3", "123", "0o7", "_", "y", "a-b", "12_3");
    }
}
