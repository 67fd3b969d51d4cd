package io.maildomain.operator.controller.maildomain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import java.util.Optional;

/**
 * What the annotation {@code maildomain.io/rebind-zone} asks for. It is followed once: left in place it must not be a standing
 * licence to create a zone again that a user deletes on purpose. Pure.
 *
 * @param value of the annotation; "" without one
 * @param open whether it was not followed yet
 */
record ZoneRebinding(String value, boolean open) {

    private static final String NEW = "new";

    static ZoneRebinding of(HasMetadata resource, Optional<ZoneOwnership> noted) {
        String value = Annotations.rebindZone(resource).orElse("");
        boolean followed =
                noted.flatMap(ZoneOwnership::notedRebind).filter(value::equals).isPresent();
        boolean isIt =
                noted.flatMap(ZoneOwnership::notedId).filter(value::equals).isPresent();
        return new ZoneRebinding(value, !value.isEmpty() && !followed && !isIt);
    }

    /** Whether another zone is asked for, by its id. */
    boolean asksForId() {
        return open && !value.equals(NEW);
    }

    /** The decision with the note that the annotation was followed; one that stays with the noted zone did not need it. */
    ZoneDecision noted(ZoneDecision decision, Optional<ZoneOwnership> before) {
        String followed = value.isEmpty() ? null : value;
        if (decision instanceof ZoneDecision.Use use
                && before.filter(use.entry()::equals).isEmpty()) {
            return new ZoneDecision.Use(use.zone(), use.entry().withRebind(followed));
        }
        if (decision instanceof ZoneDecision.Create create) {
            return new ZoneDecision.Create(create.entry().withRebind(followed));
        }
        return decision;
    }

    /** The ownership record once the annotation is taken off: set again, it is followed again. Who only watches notes nothing. */
    static Ownership forgotten(MailDomain resource, Ownership ownership) {
        boolean followed =
                ownership.notedZone().flatMap(ZoneOwnership::notedRebind).isPresent();
        boolean mayNote = resource.getSpec().mode() == Mode.Manage;
        return followed && mayNote && Annotations.rebindZone(resource).isEmpty()
                ? ownership.withZone(ownership.zone().withRebind(null))
                : ownership;
    }
}
