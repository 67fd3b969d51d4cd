package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenHoldersTest {

    private static final SecretKey ONE = new SecretKey("mail", "one");
    private static final SecretKey TWO = new SecretKey("mail", "two");
    private static final String OLD = "an-old-token-0123456789012345678901234567";
    private static final String NEW = "a-new-token-01234567890123456789012345678";

    private final TokenHolders holders = new TokenHolders();

    private static SecretState with(String token) {
        return new SecretState.Present(Map.of("CLOUDFLARE_API_TOKEN", token.getBytes(StandardCharsets.UTF_8)), "1");
    }

    @Test
    void eachSecretWithTheTokenIsFound() {
        assertThat(holders.read(ONE, with(OLD))).containsExactly(ApiToken.of(OLD));
        holders.read(TWO, with(OLD));

        assertThat(holders.of(ApiToken.of(OLD))).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(holders.of(ApiToken.of(NEW))).isEmpty();
    }

    @Test
    void aRotatedTokenIsHeldNoMore() {
        holders.read(ONE, with(OLD));
        holders.read(ONE, with(NEW));

        assertThat(holders.of(ApiToken.of(OLD))).isEmpty();
        assertThat(holders.of(ApiToken.of(NEW))).containsExactly(ONE);
    }

    @Test
    void aSecretThatIsGoneOrNotFollowedHoldsNone() {
        holders.read(ONE, with(OLD));
        holders.read(ONE, new SecretState.Absent());
        holders.read(TWO, with(OLD));
        holders.ended(TWO);

        assertThat(holders.of(ApiToken.of(OLD))).isEmpty();
    }
}
