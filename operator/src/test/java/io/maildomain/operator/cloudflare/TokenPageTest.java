package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.credentials.Surface;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of Cloudflare's page for a new token asks for what a surface needs and no more. */
class TokenPageTest {

    @Test
    void theOperatorsTokenAsksForThreeRights() {
        assertThat(rights(TokenPage.ofUser(Surface.RUNTIME)))
                .containsExactly("zone edit", "email_routing_rule edit", "zone_settings edit");
    }

    @Test
    void theDeployTokenAsksForFiveRights() {
        assertThat(rights(TokenPage.ofUser(Surface.DEPLOY)))
                .containsExactly(
                        "d1 edit", "workers_scripts edit", "workers_r2 edit", "page edit", "workers_routes edit");
    }

    @Test
    void anOptionalRightIsFilledInWhereItIsAskedFor() {
        assertThat(rights(TokenPage.ofUser(Surface.RUNTIME, Permission.EMAIL_ROUTING_ADDRESSES)))
                .containsExactly(
                        "zone edit", "email_routing_rule edit", "zone_settings edit", "email_routing_address edit");
    }

    @Test
    void aUsersPageNamesTheScopeWhichIsNarrowedThere() {
        HttpUrl page = HttpUrl.get(TokenPage.ofUser(Surface.RUNTIME).toString());

        assertThat(page.host()).isEqualTo("dash.cloudflare.com");
        assertThat(page.encodedPath()).isEqualTo("/profile/api-tokens");
        assertThat(page.queryParameter("accountId")).isEqualTo("*");
        assertThat(page.queryParameter("zoneId")).isEqualTo("all");
        assertThat(page.queryParameter("name")).isEqualTo("mail-domain-operator runtime");
    }

    @ParameterizedTest
    @EnumSource(Surface.class)
    void anAccountsPageAsksForTheSameRightsAndForTheAccount(Surface surface) {
        HttpUrl page = HttpUrl.get(TokenPage.ofAccount(surface).toString());

        assertThat(page.queryParameter("to")).isEqualTo("/:account/api-tokens");
        assertThat(rights(TokenPage.ofAccount(surface))).isEqualTo(rights(TokenPage.ofUser(surface)));
    }

    /** A terminal, a chat and YAML take it as one word. */
    @ParameterizedTest
    @EnumSource(Surface.class)
    void nothingInItHasToBeQuotedTwice(Surface surface) {
        assertThat(TokenPage.ofUser(surface).toString()).doesNotContain(" ", "\"", "'", "[", "{", "<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "helm/mail-domain-operator/templates/NOTES.txt"})
    void theAddressInTheDocumentsIsThisOne(String document) throws IOException {
        assertThat(Files.readString(Path.of("..", document)))
                .contains(TokenPage.ofUser(Surface.RUNTIME).toString());
    }

    private static List<String> rights(URI page) {
        try {
            List<String> rights = new ArrayList<>();
            for (JsonNode right :
                    new ObjectMapper().readTree(HttpUrl.get(page.toString()).queryParameter("permissionGroupKeys"))) {
                rights.add(right.path("key").asText() + " " + right.path("type").asText());
            }
            return rights;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
