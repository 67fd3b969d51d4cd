package io.maildomain.operator.ownership;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark {@code [mdo:<owner id>]} that our rules carry at the end of their Cloudflare name, so that ownership survives
 * a lost status. Human words may stand before it, and the {@link ContentHash} of what stood there before us: {@code [was:<seal>]}.
 *
 * <p>The preview of 2026-11-24 derived the id only from the cluster, so that installations of one cluster shared it. A rule with
 * that id counts as ours where the words before it are those of a resource of ours: no resource of another
 * installation has them. It gets our own mark with its next write.
 *
 * @param ownerId tells one installation of the operator from another
 * @param formerId the id that the first release would have used here; blank: none
 * @param labels the words of resources of ours, such as {@code mail/example-com}
 */
public record OwnerMark(String ownerId, String formerId, Set<String> labels) {

    /** Cloudflare's limit on a rule's name. */
    private static final int NAME_LIMIT = 256;

    private static final Pattern SEAL = Pattern.compile("\\[was:([0-9a-f]{32})]");

    private static final Pattern MAKER =
            Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9][-.a-z0-9]{0,252}");

    private static final Pattern MARK = Pattern.compile("\\[mdo:([A-Za-z0-9._-]{1,64})]");

    public OwnerMark {
        labels = Set.copyOf(labels);
        if (!ownerId.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "an owner id has 1 to 64 letters, digits, dots, dashes or underscores: " + ownerId);
        }
    }

    /** Of an installation that never had another id. */
    public OwnerMark(String ownerId) {
        this(ownerId, "", Set.of());
    }

    /** The same where resources of ours have these words. */
    public OwnerMark of(Set<String> resources) {
        return new OwnerMark(ownerId, formerId, resources);
    }

    /** The same where a resource of this namespace, whatever its name, created the rule of that name. */
    public OwnerMark within(String namespace, String ruleName) {
        return of(makerIn(ruleName)
                .filter(maker -> maker.startsWith(namespace + "/"))
                .map(Set::of)
                .orElseGet(Set::of));
    }

    /** A rule name that holds the words, as far as there is room, and the mark. */
    public String name(String words) {
        return ended(words, "[mdo:" + ownerId + "]");
    }

    /** The same with the seal of what stood there before us. */
    public String name(String words, ContentHash was) {
        return ended(words, "[was:" + was.text() + "] [mdo:" + ownerId + "]");
    }

    /** A name of ours with the seal of what stood there before us, in place of any other. */
    public String sealed(String ourName, ContentHash was) {
        return name(words(ourName), was);
    }

    /** A name of ours as it is written next: with this mark, and what else stands in it. */
    public String renewed(String ourName) {
        return last(SEAL, ourName)
                .map(ContentHash::new)
                .map(was -> name(words(ourName), was))
                .orElseGet(() -> name(words(ourName)));
    }

    /** The resource that a rule's name says made it, {@code namespace/name}; empty where people have written other words. */
    public static Optional<String> makerIn(String ruleName) {
        return Optional.of(words(ruleName)).filter(words -> MAKER.matcher(words).matches());
    }

    private static String words(String ruleName) {
        return MARK.matcher(SEAL.matcher(ruleName).replaceAll(""))
                .replaceAll("")
                .strip();
    }

    private static String ended(String words, String end) {
        int room = NAME_LIMIT - end.length() - 1;
        String kept = words.length() <= room ? words : words.substring(0, room);
        return kept.isBlank() ? end : kept + " " + end;
    }

    /** The seal in a name that carries this installation's mark: no other word counts. */
    public Optional<ContentHash> sealIn(String ruleName) {
        return isOn(ruleName) ? last(SEAL, ruleName).map(ContentHash::new) : Optional.empty();
    }

    /** Whether the name carries this installation's mark. */
    public boolean isOn(String ruleName) {
        return markIn(ruleName)
                .filter(id -> id.equals(ownerId) || (id.equals(formerId) && labels.contains(words(ruleName))))
                .isPresent();
    }

    /** Whether the name carries the mark of another installation. */
    public boolean isForeignOn(String ruleName) {
        return markIn(ruleName).isPresent() && !isOn(ruleName);
    }

    /** The owner id in the mark that a rule's name carries, whatever installation that is. */
    public static Optional<String> markIn(String ruleName) {
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
