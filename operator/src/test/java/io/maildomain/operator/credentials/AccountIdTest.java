package io.maildomain.operator.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private static AccountId resolve(String value) {
        return AccountId.resolve(
                SecretData.ofBytes(Map.of("CLOUDFLARE_ACCOUNT_ID", value.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, ID + "\n", "  " + ID + "\r\n"})
    void anIdIsFoundAndTrimmed(String value) {
        assertThat(resolve(value)).isEqualTo(new AccountId.Found(ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void blankCountsAsAbsent(String value) {
        assertThat(resolve(value)).isEqualTo(new AccountId.Absent());
    }

    @Test
    void aMissingKeyIsAbsent() {
        assertThat(AccountId.resolve(SecretData.ofBase64(Map.of()))).isEqualTo(new AccountId.Absent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef\n0123456789abcdef",
                "0123456789abcdef 123456789abcdef",
                "../../user/tokens"
            })
    void anythingElseIsRefusedWithoutShowingIt(String value) {
        assertThat(resolve(value)).isInstanceOf(AccountId.Malformed.class);
        assertThat(resolve(value).toString()).doesNotContain("0123456789", "tokens");
    }
}
