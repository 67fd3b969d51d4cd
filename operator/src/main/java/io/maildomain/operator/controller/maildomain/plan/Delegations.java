package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.DelegationState;
import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.HostText;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.dns.plan.WorldView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the zone above sends who asks for a domain, and what is said of it. Pure. */
public final class Delegations {

    private static final int NAMED = 3;
    private static final int SHOWN = 60;
    private static final String KEYS_UNKNOWN = "; whether a DS record stands there is not known";

    private Delegations() {}

    /**
     * As the status has it.
     *
     * @param wanted the zone's name servers at Cloudflare
     * @param before as the status has it so far; null: nothing. Its DS records count where these cannot be asked: one that stands darkens the
     *     domain
     * @return empty where it is not known
     */
    public static Optional<DelegationStatus> of(
            WorldView view, List<String> wanted, @Nullable DelegationStatus before) {
        if (view.nameServers().failure().isPresent()) {
            return Optional.empty();
        }
        List<String> servers = view.nameServers().found().orElse(List.of());
        List<String> tags = view.keyTags().failure().isPresent()
                ? knownBefore(servers, before)
                : view.keyTags().found().orElse(List.of()).stream()
                        .map(String::valueOf)
                        .toList();
        String parent = view.parent().isEmpty() ? null : view.parent();
        return Optional.of(new DelegationStatus(state(view.nameServers(), wanted), parent, servers, tags));
    }

    private static List<String> knownBefore(List<String> servers, @Nullable DelegationStatus before) {
        return before != null && before.nameServers().equals(servers) ? before.dsKeyTags() : List.of();
    }

    private static DelegationState state(Answer<List<String>> servers, List<String> wanted) {
        if (servers.found().isEmpty()) {
            return DelegationState.Absent;
        }
        List<String> named = servers.found().get();
        List<String> right = wanted.stream().map(HostText::of).toList();
        if (named.stream().noneMatch(right::contains)) {
            return DelegationState.Elsewhere;
        }
        return right.containsAll(named) && named.containsAll(right)
                ? DelegationState.Complete
                : DelegationState.Partial;
    }

    /** Whether the zone above already says what it should. */
    static boolean isComplete(DelegationStatus known) {
        return known.state() == DelegationState.Complete;
    }

    /**
     * Where the world is sent while the name servers are not set, and what must go before they are.
     *
     * @param keysKnown whether no key tags means that there are none
     */
    static String beforeTheChange(String domain, DelegationStatus known, boolean keysKnown) {
        String said =
                switch (known.state()) {
                    case Complete -> parent(known) + " delegates to " + listed(known.nameServers());
                    case Partial ->
                        parent(known) + " delegates to " + listed(known.nameServers())
                                + ", not to Cloudflare's name servers and no others";
                    case Elsewhere -> parent(known) + " still delegates to " + listed(known.nameServers());
                    case Absent -> parent(known) + " knows no " + UnicodeName.shown(domain);
                };
        if (known.dsKeyTags().isEmpty()) {
            return keysKnown ? said : said + KEYS_UNKNOWN;
        }
        return said + "; DS " + listed(known.dsKeyTags()) + " must go first";
    }

    /**
     * What is said of a zone that waits although the zone above says what it should.
     *
     * @param keysKnown whether no key tags means that there are none
     */
    static String afterTheChange(DelegationStatus known, boolean keysKnown) {
        String said = parent(known) + " delegates to " + listed(known.nameServers())
                + " already: Cloudflare activates the zone once it has looked, which can take hours";
        if (known.dsKeyTags().isEmpty()) {
            return keysKnown ? said : said + KEYS_UNKNOWN;
        }
        return said + "; DS " + listed(known.dsKeyTags())
                + " stands there: unless Cloudflare shows the same one, remove it at the registrar";
    }

    /** The zone above, in a sentence. */
    static String parent(DelegationStatus known) {
        return known.parent() == null || known.parent().equals(".") ? "the zone above" : shown(known.parent());
    }

    /** Who has the name chooses it: what is to be done stands behind it, and must not be cut off. */
    static String shown(String name) {
        return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
    }

    /** The first of them, and how many more there are. */
    static String listed(List<String> all) {
        List<String> names = all.stream().map(Delegations::shown).toList();
        if (names.size() > NAMED) {
            return String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}
