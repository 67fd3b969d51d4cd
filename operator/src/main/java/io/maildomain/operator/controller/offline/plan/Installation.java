package io.maildomain.operator.controller.offline.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For which installation of the operator a domain is planned. Without a cluster only the marks in the zone tell which one it is. Pure.
 *
 * @param mark what its rules are known by
 * @param notes what is supposed
 * @param open what cannot be known
 */
public record Installation(OwnerMark mark, List<String> notes, List<String> open) {

    private static final String UNMARKED = "none";

    public Installation {
        notes = List.copyOf(notes);
        open = List.copyOf(open);
    }

    /**
     * Why nothing can be planned: which of several installations reads the files, no name in the zone can tell. Empty where something can.
     *
     * @param ownerId of the installation; "" where it is not known
     */
    public static Optional<String> undecided(ObservedState seen, String ownerId) {
        Set<String> ids = ids(seen);
        return ownerId.isEmpty() && ids.size() > 1
                ? Optional.of("its rules and its catch-all carry the marks of several installations ("
                        + String.join(", ", ids) + "): say with --owner-id for which one to plan")
                : Optional.empty();
    }

    /**
     * That of the owner id, or the one whose mark is the only one in the zone.
     *
     * @param catchAlls the CatchAllRules of the domain in the files
     * @param ownerId of the installation; "" where it is not known
     */
    static Installation of(MailDomain domain, List<CatchAllRule> catchAlls, ObservedState seen, String ownerId) {
        Set<String> ids = ids(seen);
        if (!ownerId.isEmpty()) {
            OwnerMark given = new OwnerMark(ownerId);
            return new Installation(given, List.of(), disputed(domain, catchAlls, seen, given));
        }
        if (ids.size() != 1) {
            return new Installation(new OwnerMark(UNMARKED), List.of(), List.of());
        }
        String id = ids.iterator().next();
        String namespace = domain.getMetadata().getNamespace() + "/";
        boolean named = names(seen)
                .flatMap(name -> OwnerMark.makerIn(name).stream())
                .anyMatch(maker -> maker.startsWith(namespace));
        List<String> supposed =
                List.of("planned for the installation " + id + ", whose mark is the only one here, though nothing"
                        + " here is named after the namespace of " + label(domain)
                        + ": if that is wrong, say -n or --owner-id");
        return new Installation(new OwnerMark(id), named ? List.of() : supposed, List.of());
    }

    /** Whether a rule there is named after this very MailDomain: the operator wrote it, so the zone is noted in the status. */
    public static boolean hasWritten(MailDomain domain, ObservedState seen) {
        return names(seen)
                .filter(name -> OwnerMark.markIn(name).isPresent())
                .flatMap(name -> OwnerMark.makerIn(name).stream())
                .anyMatch(label(domain)::equals);
    }

    /** An installation may have had another id once; what it wrote then is still its own where resources of it are named there. */
    private static List<String> disputed(
            MailDomain domain, List<CatchAllRule> catchAlls, ObservedState seen, OwnerMark mark) {
        Set<String> labels = Stream.<HasMetadata>concat(Stream.of(domain), catchAlls.stream())
                .map(Installation::label)
                .collect(Collectors.toSet());
        return names(seen)
                .filter(mark::isForeignOn)
                .filter(name -> OwnerMark.makerIn(name).filter(labels::contains).isPresent())
                .distinct()
                .map(name -> "what is named \"" + name + "\" has the mark of another installation and the name of a"
                        + " resource of the files: if that is an earlier id of this one, it is changed and deleted with"
                        + " the files, which is not planned")
                .toList();
    }

    static String label(HasMetadata resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    private static Set<String> ids(ObservedState seen) {
        return names(seen)
                .flatMap(name -> OwnerMark.markIn(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What wrangler keeps is wrangler's, whatever its name says. */
    private static Stream<String> names(ObservedState seen) {
        Stream<String> ofRules = seen.rules().stream()
                .filter(rule -> !RuleExport.isWranglers(rule.source()))
                .map(RoutingRule::name);
        Stream<String> ofCatchAll = seen.catchAll().isWranglers()
                ? Stream.empty()
                : Stream.of(seen.catchAll().name());
        return Stream.concat(ofRules, ofCatchAll);
    }
}
