package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a binding reaches, and what a hostname's grant covers. */
class BoundResourceTest {

    @Test
    void aBindingIsGrantedByItsTypeAndWhatItReaches() {
        assertThat(key("queue", Map.of("queue_name", "mail-in", "delivery_delay", "5")))
                .isEqualTo("queue:mail-in");
        assertThat(key("ai", Map.of())).isEqualTo("ai");
        assertThat(key("durable_object_namespace", Map.of("class_name", "Box")))
                .isEqualTo("durable_object_namespace:Box");
        assertThat(key("durable_object_namespace", Map.of("class_name", "Box", "script_name", "other")))
                .isEqualTo("durable_object_namespace:other/Box");
        assertThat(key("service", Map.of("service", "api"))).isEqualTo("service:api");
        assertThat(key("service", Map.of("service", "api", "entrypoint", "Admin")))
                .isEqualTo("service:api/Admin");
        assertThat(key("send_email", Map.of("destination_address", "a@example.com")))
                .isEqualTo("send_email");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "durable_object_namespace; class_name; Box; namespace_id; 0123456789abcdef",
                "durable_object_namespace; class_name; Box; environment; production",
                "dispatch_namespace; namespace; mine; outbound; {\"worker\":{\"service\":\"of-others\"}}",
                "service; service; api; environment; production",
                "service; service; api; props; {\"admin\":true}",
                "ai; staging; true; gateway; x",
                "queue; queue_name; mail-in; queue_id; 1",
            })
    void whatAnotherPropertyReachesIsNotGrantedByTheName(
            String type, String known, String value, String more, String it) {
        BoundResource bound = new BoundResource("X", type, Map.of(known, value, more, it));

        assertThat(bound.key()).isEmpty();
        assertThat(bound.unclear()).hasValueSatisfying(why -> assertThat(why).contains("the operator does not know"));
    }

    @ParameterizedTest
    @CsvSource({"other/Box", "''", "{}", "[]"})
    void whatIsNoNameIsNotGranted(String name) {
        assertThat(new BoundResource("X", "durable_object_namespace", Map.of("class_name", name)).key())
                .isEmpty();
        assertThat(new BoundResource("X", "service", Map.of("service", "api", "entrypoint", name)).key())
                .isEmpty();
    }

    @Test
    void ofABindingThatIsNotKnownItIsSaidWhy() {
        assertThat(TargetCheck.grants(
                        bound(new BoundResource("OUT", "service", Map.of("service", "api", "props", "{}"))),
                        DeployGrants.everything()))
                .extracting(Obstacle::sentence)
                .containsExactly("the binding OUT has the property props, of which the operator does not know what it"
                        + " reaches, so that no grant can cover it: correct spec.bindings");
    }

    private static WorkerIntent bound(BoundResource resource) {
        return new WorkerIntent(
                "mailbox-worker",
                "mail/mailbox",
                new OwnerMark("us"),
                new WorkerIntent.Content(
                        "sha256:0",
                        Set.of("index.js"),
                        "index.js",
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(resource)),
                new WorkerIntent.Triggers(null, null, List.of(), List.of()),
                null,
                ConflictPolicy.Refuse,
                DriftPolicy.Report,
                "");
    }

    /** d1 and r2_bucket have grants of their own; through here they would go round them. */
    @ParameterizedTest
    @CsvSource({"d1,id", "r2_bucket,bucket_name", "inherit,old_name", "secret_text,text", "new_thing,name", "queue,name"
    })
    void whatIsNotKnownToReachOnlyWhatItNamesIsNeverGranted(String type, String property) {
        assertThat(new BoundResource("X", type, Map.of(property, "mail")).key()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://*.example.com/api/*, *.example.com",
        "example.com/api/*, example.com",
        "API.example.com, api.example.com",
        "*example.com/*, *example.com",
    })
    void theHostOfARouteIsWhatStandsBeforeItsPath(String pattern, String host) {
        assertThat(RoutePattern.host(pattern)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, true",
        "*.example.com, true",
        "*.api.example.com, true",
        "example.com, false",
        "*example.com, false",
        "*, false",
    })
    void aHostWithAStarIsGrantedWhereAllThatItCanStandForIs(String host, boolean granted) {
        DeployGrants grants =
                new DeployGrants(List.of(), List.of(), List.of(), List.of(), List.of("*.example.com"), List.of());

        assertThat(grants.hostname(host)).isEqualTo(granted);
    }

    private static String key(String type, Map<String, String> properties) {
        return new BoundResource("X", type, properties).key().orElseThrow();
    }
}
