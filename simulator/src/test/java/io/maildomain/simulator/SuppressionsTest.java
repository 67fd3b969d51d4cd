package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuppressionsTest extends SimulatorTestCase {

    private final String ofAccount = "/accounts/" + simulator.accountId() + "/email/routing/suppression";

    @Test
    void aSuppressionIsMadeReadAndDeletedWithoutTheEnvelope() {
        JsonNode made = owner.post(ofAccount, "{\"email\": \"a@corp.example\"}").json();
        String one = ofAccount + "/" + made.at("/result/id").asText();
        assertThat(made.has("success")).isFalse();
        assertThat(owner.get(one).result().path("email").asText()).isEqualTo("a@corp.example");
        assertThat(owner.delete(one).json().path("success").asBoolean()).isTrue();
        assertThat(owner.get(one).status()).isEqualTo(404);
        assertThat(owner.delete(one).json().path("error").asText()).isEqualTo("suppression not found");
    }

    @Test
    void aZoneSeesItsOwnAndThoseOfTheAccount() {
        String ofZone = zone("a.example") + "/email/routing/suppression";
        String ofOther = zone("b.example") + "/email/routing/suppression";
        owner.post(ofAccount, "{\"email\": \"all@corp.example\"}");
        clock.advance(Duration.ofSeconds(1));
        owner.post(ofZone, "{\"email\": \"one@corp.example\", \"expires_at\": \"2027-01-01T00:00:00Z\"}");
        assertThat(owner.get(ofZone).result().findValuesAsText("email"))
                .containsExactly("one@corp.example", "all@corp.example");
        assertThat(owner.get(ofOther).result()).hasSize(1);
        JsonNode sorted =
                owner.get(ofAccount + "?order=email&direction=asc&per_page=1").json();
        assertThat(sorted.at("/result/0/email").asText()).isEqualTo("all@corp.example");
        assertThat(sorted.path("total").asInt()).isEqualTo(2);
        assertThat(owner.get(ofAccount + "?order=expires_at&direction=asc")
                        .result()
                        .at("/0/email")
                        .asText())
                .isEqualTo("one@corp.example");
    }

    @Test
    void whatIsNoSuppressionIsRefused() {
        assertThat(owner.post(ofAccount, "{\"email\": \"nobody\"}").status()).isEqualTo(400);
        assertThat(owner.post(ofAccount, "{\"email\": \"a@b.example\", \"expires_at\": \"soon\"}")
                        .status())
                .isEqualTo(400);
    }
}
