package io.maildomain.harness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks for tokens in text: whole, in Base64, and in part, for half a token is a leak as well. */
public final class TokenScan {

    /** So many characters in a row are no accident. */
    static final int PART = 16;

    /**
     * The same of what a JWT says in the open, before its signature: one that is made in the same seconds says much of it, too, such as
     * the pass with which files are uploaded to Pages.
     */
    static final int OPEN_PART = 64;

    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]{" + PART + ",}");

    private final List<String> tokens;

    private TokenScan(Collection<String> tokens) {
        this.tokens = tokens.stream()
                .map(String::strip)
                .filter(token -> token.length() >= PART)
                .distinct()
                .toList();
    }

    /**
     * Looks for these.
     *
     * @param tokens those shorter than {@value #PART} characters are none, and left out
     */
    public static TokenScan of(Collection<String> tokens) {
        return new TokenScan(tokens);
    }

    /** How many tokens are looked for: with none, a scan says nothing. */
    public int size() {
        return tokens.size();
    }

    /** Where the text holds a token: the line's number and which token, never the token itself. */
    public List<String> in(String text) {
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = "token " + (i + 1) + " of " + tokens.size();
            Set<Integer> lines = new TreeSet<>();
            parts(tokens.get(i)).forEach(part -> linesWith(text, part).forEach(lines::add));
            lines.forEach(line -> findings.add("line " + line + " holds " + name + ", or a part of it"));
        }
        return findings;
    }

    private static Set<String> parts(String token) {
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        int hidden = JWT.matcher(token).matches() ? token.lastIndexOf('.') + 1 : 0;
        Set<String> parts = new LinkedHashSet<>();
        Stream.of(
                        parts(token, 0, OPEN_PART),
                        parts(token, hidden, PART),
                        parts(encoded, 0, OPEN_PART),
                        // Three characters are four then.
                        parts(encoded, (hidden + 2) / 3 * 4, PART))
                .flatMap(each -> each)
                .forEach(parts::add);
        return parts;
    }

    private static Stream<String> parts(String text, int from, int length) {
        return IntStream.rangeClosed(from, text.length() - length)
                .mapToObj(start -> text.substring(start, start + length));
    }

    private static Stream<Integer> linesWith(String text, String part) {
        Stream.Builder<Integer> lines = Stream.builder();
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            lines.add(1
                    + (int) text.substring(0, at).chars().filter(c -> c == '\n').count());
        }
        return lines.build();
    }
}
