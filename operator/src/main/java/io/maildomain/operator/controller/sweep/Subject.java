package io.maildomain.operator.controller.sweep;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.controller.sweep.plan.Facet;
import io.maildomain.operator.credentials.ApiToken;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A resource whose zone sweeps can see.
 *
 * @param resource woken after a sweep that saw something else of it; what it is known by, and its version
 * @param place where at Cloudflare it lives
 * @param pagesOfRules how many calls it takes to read the rules of its zone, as far as its spec tells
 */
public record Subject(HasMetadata resource, Place place, int pagesOfRules) {

    private static final int RULES_PER_PAGE = 50;

    /** The resource as the API server has it. */
    public Subject(HasMetadata whole, Place place) {
        this(whole, place, pagesOfRules(whole));
    }

    /** The list holds the catch-all besides. */
    private static int pagesOfRules(HasMetadata whole) {
        boolean rules = whole instanceof MailDomain domain && domain.getSpec() != null;
        return rules ? 1 + ((MailDomain) whole).getSpec().rules().size() / RULES_PER_PAGE : 1;
    }

    /**
     * A zone, and with which token it is seen.
     *
     * @param domain the zone's name
     * @param terms on which it is compared
     */
    public record Place(ApiToken token, String accountId, String zoneId, String domain, Terms terms) {

        private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

        /**
         * Where a MailDomain's zone is, by its credentials and what it has noted; empty where it has none that can be, or makes no
         * calls. A status can be forged: it leads into no account but that of the credentials.
         */
        public static Optional<Place> of(CredentialsResolver credentials, MailDomain domain) {
            Optional<ZoneOwnership> zone = MailDomainStatus.notedZone(domain)
                    .filter(noted -> isId(noted.notedId()) && isId(noted.notedAccountId()));
            if (zone.isEmpty()
                    || domain.getSpec().suspend()
                    || !(credentials.resolve(domain) instanceof RuntimeCredentials.Usable with)) {
                return Optional.empty();
            }
            return zone.filter(noted ->
                            with.accountId().isEmpty() || with.accountId().equals(noted.accountId()))
                    .map(noted -> of(domain, with, noted.accountId(), noted.id()));
        }

        /** Where the MailDomain's zone was seen with these credentials. */
        public static Place of(MailDomain domain, RuntimeCredentials.Usable with, String accountId, String zoneId) {
            Terms terms = new Terms(with.grants(), domain.getSpec().drift());
            return new Place(with.token(), accountId, zoneId, domain.getSpec().domain(), terms);
        }

        private static boolean isId(Optional<String> id) {
            return id.filter(text -> ID.matcher(text).matches()).isPresent();
        }

        private Place in(String otherAccount) {
            return new Place(token, otherAccount, zoneId, domain, terms);
        }

        /** Whose sweeps see it. */
        Sweeps.Key key() {
            return new Sweeps.Key(token.fingerprint(), accountId);
        }
    }

    /**
     * What a comparison rests on besides Cloudflare and the resource itself.
     *
     * @param drift of the MailDomain: its CatchAllRule's too
     */
    public record Terms(Grants grants, DriftPolicy drift) {}

    /** Of the resource only what it is known by is kept. */
    public Subject {
        resource = outline(resource);
    }

    private static HasMetadata outline(HasMetadata whole) {
        HasMetadata outline = whole instanceof CatchAllRule ? new CatchAllRule() : new MailDomain();
        outline.setMetadata(new ObjectMetaBuilder()
                .withName(whole.getMetadata().getName())
                .withNamespace(whole.getMetadata().getNamespace())
                .withUid(whole.getMetadata().getUid())
                .withResourceVersion(whole.getMetadata().getResourceVersion())
                .build());
        return outline;
    }

    String uid() {
        return resource.getMetadata().getUid();
    }

    /** The same, where Cloudflare told that it is: what a status says of its account can be forged. */
    Subject in(String accountId) {
        return new Subject(resource, place.in(accountId), pagesOfRules);
    }

    String version() {
        return String.valueOf(resource.getMetadata().getResourceVersion());
    }

    /** How many calls of its own it takes to read that; 0 where its reconcile does not. */
    int calls(Facet facet) {
        return !facets().contains(facet) ? 0 : facet == Facet.RULES ? pagesOfRules : 1;
    }

    /** What its reconcile reads. */
    Set<Facet> facets() {
        return resource instanceof CatchAllRule ? EnumSet.of(Facet.RULES) : EnumSet.allOf(Facet.class);
    }
}
