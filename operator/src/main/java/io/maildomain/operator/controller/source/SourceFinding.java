package io.maildomain.operator.controller.source;

import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.SourceException;

/** What is known of a source. */
public sealed interface SourceFinding {

    /**
     * Its files.
     *
     * @param bundle all of it, whichever folder is asked for
     * @param revision what the source calls it: a tag, or the revision of Flux's artifact; empty where it has no such word
     */
    record Ready(Bundle bundle, String revision) implements SourceFinding {}

    /** It is being fetched; the resource is woken when that is over. */
    record Pending() implements SourceFinding {}

    /** It cannot be used now. */
    record Failed(SourceException.Problem problem, String message) implements SourceFinding {
        static Failed of(SourceException e) {
            return new Failed(e.problem(), String.valueOf(e.getMessage()));
        }
    }
}
