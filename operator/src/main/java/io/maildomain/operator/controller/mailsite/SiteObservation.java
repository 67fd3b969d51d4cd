package io.maildomain.operator.controller.mailsite;

import io.maildomain.operator.controller.mailsite.plan.SiteState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look found.
 *
 * @param live whether the branch is the project's production branch
 * @param current what serves the branch, or is about to; null where nothing does
 */
record SiteObservation(SiteState state, boolean live, SiteState.@Nullable Deployment current) {

    /** What serves the branch, or is about to. */
    Optional<SiteState.Deployment> serving() {
        return Optional.ofNullable(current);
    }
}
