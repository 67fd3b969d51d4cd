package io.maildomain.operator.credentials;

import java.util.regex.Pattern;

/** The account id that lies beside the tokens in a Secret. It is no secret, yet a malformed one is not echoed. */
public sealed interface AccountId {
    /** The Secret key that holds it. */
    String KEY = "CLOUDFLARE_ACCOUNT_ID";

    /** A well-formed id: 32 lower-case hexadecimal digits. */
    record Found(String id) implements AccountId {}

    /** The key is missing or blank. */
    record Absent() implements AccountId {}

    /** The key holds something else. */
    record Malformed(String reason) implements AccountId {}

    /** Reads {@link #KEY}, trimmed in the same way as a token. */
    static AccountId resolve(SecretData secret) {
        return secret.value(KEY)
                .filter(value -> !SecretText.isBlank(value))
                .map(AccountId::check)
                .orElseGet(Absent::new);
    }

    private static AccountId check(SecretData.Value value) {
        SecretText.Checked checked = SecretText.word(value);
        if (!checked.reason().isEmpty()) {
            return new Malformed(checked.reason());
        }
        return isWellFormed(checked.text())
                ? new Found(checked.text())
                : new Malformed(
                        "it is no account id: 32 lower-case hexadecimal digits, as the dashboard's address shows");
    }

    /** Whether this is what Cloudflare calls an identifier: 32 lower-case hexadecimal digits. */
    static boolean isWellFormed(String id) {
        return Pattern.matches("[0-9a-f]{32}", id);
    }
}
