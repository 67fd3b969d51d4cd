package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.access.DeployGrants;
import java.util.List;
import java.util.Map;
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
