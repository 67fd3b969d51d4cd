package io.maildomain.operator.routing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark {@code [mdo:<owner id>]} that our rules carry at the end of their Cloudflare name, so that ownership survives
 * a lost status. Human words may stand before it, and the {@link Seal} of what stood there before us: {@code [was:<seal>]}.
 *
 * @param ownerId tells one installation of the operator from another
 */
public record OwnerMark(String ownerId) {

    /** Cloudflare's limit on a rule's name. */
    private static final int NAME_LIMIT = 256;

    private static final Pattern SEAL = Pattern.compile("\\[was:([0-9a-f]{32})]");

    private static final Pattern MARK = Pattern.compile("\\[mdo:([A-Za-z0-9._-]{1,64})]");

    public OwnerMark {
        if (!ownerId.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "an owner id has 1 to 64 letters, digits, dots, dashes or underscores: " + ownerId);
        }
    }

    /** A rule name that holds the words, as far as there is room, and the mark. */
    public String name(String words) {
        return ended(words, "[mdo:" + ownerId + "]");
    }

    /** The same with the seal of what stood there before us. */
    public String name(String words, Seal was) {
        return ended(words, "[was:" + was.text() + "] [mdo:" + ownerId + "]");
    }

    /** A name of ours with the seal of what stood there before us, in place of any other. */
    public String sealed(String ourName, Seal was) {
        String words = MARK.matcher(SEAL.matcher(ourName).replaceAll("")).replaceAll("");
        return name(words.strip(), was);
    }

    private static String ended(String words, String end) {
        int room = NAME_LIMIT - end.length() - 1;
        String kept = words.length() <= room ? words : words.substring(0, room);
        return kept.isBlank() ? end : kept + " " + end;
    }

    /** The seal in a name that carries this installation's mark: nobody else's word counts. */
    public Optional<Seal> sealIn(String ruleName) {
        return isOn(ruleName) ? last(SEAL, ruleName).map(Seal::new) : Optional.empty();
    }

    /** Whether the name carries this installation's mark. */
    public boolean isOn(String ruleName) {
        return markIn(ruleName).filter(ownerId::equals).isPresent();
    }

    /** Whether the name carries the mark of another installation. */
    public boolean isForeignOn(String ruleName) {
        return markIn(ruleName).filter(id -> !id.equals(ownerId)).isPresent();
    }

    private static Optional<String> markIn(String ruleName) {
        return last(MARK, ruleName);
    }

    private static Optional<String> last(Pattern pattern, String ruleName) {
        Matcher found = pattern.matcher(ruleName);
        String last = null;
        while (found.find()) {
            last = found.group(1);
        }
        return Optional.ofNullable(last);
    }
}
