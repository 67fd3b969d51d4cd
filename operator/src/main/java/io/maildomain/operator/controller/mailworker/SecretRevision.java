package io.maildomain.operator.controller.mailworker;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Something that changes when a secret does. It goes into the fingerprint of a version, which stands in a status and at Cloudflare: who
 * reads that and guesses at the secret must find guessing slow, so it is no plain hash.
 */
final class SecretRevision {

    private static final String DERIVATION = "PBKDF2WithHmacSHA256";
    private static final int ROUNDS = 50_000;
    private static final int BITS = 128;

    private SecretRevision() {}

    /** @param place where the secret is: two that are the same in different places are not seen to be */
    static String of(String place, byte[] value) {
        char[] characters = HexFormat.of().formatHex(value).toCharArray();
        PBEKeySpec secret = new PBEKeySpec(characters, place.getBytes(StandardCharsets.UTF_8), ROUNDS, BITS);
        try {
            byte[] derived = SecretKeyFactory.getInstance(DERIVATION)
                    .generateSecret(secret)
                    .getEncoded();
            return HexFormat.of().formatHex(derived);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java derives keys with " + DERIVATION, e);
        } finally {
            secret.clearPassword();
        }
    }
}
