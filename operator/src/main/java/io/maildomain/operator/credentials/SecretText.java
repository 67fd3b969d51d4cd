package io.maildomain.operator.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Checks and trims what people put into Secrets; reasons say what is wrong and never show the value. */
final class SecretText {
    /** Longer than every token that Cloudflare issues (40 to 80 characters), short enough for a header. */
    static final int MAX_LENGTH = 256;

    private SecretText() {}

    /** The trimmed text and an empty reason; or the reason why it is refused, and an empty text. */
    record Checked(String text, String reason) {
        static Checked refused(String reason) {
            return new Checked("", reason);
        }

        @Override
        public String toString() {
            return "Checked[" + (reason.isEmpty() ? "redacted" : reason) + "]";
        }
    }

    static boolean isBlank(SecretData.Value value) {
        if (!value.decodable()) {
            return false;
        }
        for (byte b : value.bytes()) {
            if (!isWhitespace(b & 0xff)) {
                return false;
            }
        }
        return true;
    }

    static Checked token(SecretData.Value value) {
        return value.decodable() ? token(value.bytes()) : Checked.refused("its base64 is malformed");
    }

    static Checked token(byte[] bytes) {
        Checked word = word(bytes);
        String lower = word.text().toLowerCase(Locale.ROOT);
        if (lower.startsWith("bearer")
                && (word.text().length() == 6 || !isTokenCharacter(word.text().charAt(6)))) {
            return Checked.refused("it begins with \"Bearer\": store only the token, without that word");
        }
        return spaceless(word);
    }

    static Checked word(SecretData.Value value) {
        return value.decodable() ? spaceless(word(value.bytes())) : Checked.refused("its base64 is malformed");
    }

    private static Checked spaceless(Checked word) {
        return word.text().indexOf(' ') >= 0
                ? Checked.refused("it contains a space: store only the value, in one piece")
                : word;
    }

    private static Checked word(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Checked.refused("it is no UTF-8 text");
        }
        String trimmed = trim(text);
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c < ' ' || c == 0x7f) {
                return Checked.refused(
                        "it contains %s at position %d: store only the value, in one line".formatted(nameOf(c), i + 1));
            }
            if (c > 0x7f) {
                return Checked.refused(
                        "it contains a character outside ASCII at position %d: copy it again from the dashboard"
                                .formatted(i + 1));
            }
        }
        if (trimmed.length() > MAX_LENGTH) {
            return Checked.refused("it is longer than %d characters: that is no token".formatted(MAX_LENGTH));
        }
        return new Checked(trimmed, "");
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isWhitespace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isTokenCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    private static String nameOf(char control) {
        if (control == '\n' || control == '\r') {
            return "a line break";
        }
        return control == '\t' ? "a tab" : "a control character (0x%02x)".formatted((int) control);
    }
}
