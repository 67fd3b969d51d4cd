package io.maildomain.operator.controller.destination;

import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.cloudflare.DestinationList;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import io.maildomain.operator.controller.destination.plan.DestinationFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one reconcile sees of an address and does to it at Cloudflare. Its turn is taken at the first call. */
final class DestinationLook {

    private final DestinationServices services;
    private final DestinationAddress live;
    private final Usable with;
    private final CloudflareSession session;

    DestinationLook(DestinationServices services, DestinationAddress live, Usable with, CloudflareSession session) {
        this.services = services;
        this.live = live;
        this.with = with;
        this.session = session;
    }

    private Destinations api() {
        return session.with(with.token()).destinations(with.accountId());
    }

    private String email() {
        return live.getSpec().email();
    }

    /**
     * What is known of it.
     *
     * @param noted as the ownership record has it
     * @param oldest how old the list may be that it is looked up in
     * @throws CloudflareException where that cannot be read
     */
    DestinationFacts facts(DestinationOwnership noted, Duration oldest) {
        DestinationList list = services.lists().read(Account.of(with), this::api, oldest);
        // A list that leaves out what is not verified yet must not make it look deleted.
        Optional<Destination> found = list.find(email())
                .or(() -> noted.notedAddress().flatMap(TargetOwnership::notedId).flatMap(id -> api().withId(id)));
        return facts(noted, found.filter(destination -> destination.is(email())).orElse(null), list.answeredAt());
    }

    /** The same, once it is known otherwise whether the account has it. */
    DestinationFacts facts(DestinationOwnership noted, @Nullable Destination seen, Instant at) {
        return new DestinationFacts(
                noted, seen, at, Annotations.resendVerification(live).orElse(null), services.within());
    }

    /** One that a list without a filter leaves out. */
    Optional<Destination> unlisted() {
        return api().unverified().find(email());
    }

    /** Whether a rule or a catch-all of any zone of the account forwards to it, as Cloudflare says. */
    StandingForwards.Answer forwarded() {
        return services.standing().of(Account.of(with), email(), session.with(with.token()));
    }

    /** Creates it; Cloudflare mails a link. */
    Destination create() {
        Destination created = api().create(email());
        services.lists().created(Account.of(with), created);
        return created;
    }

    /** Deletes it. */
    void delete(Destination destination) {
        api().delete(destination.id());
        services.lists().deleted(Account.of(with), destination.id());
    }
}
