package io.maildomain.api.v1alpha1;

/** The kinds of Flux that offer an artifact ({@code source.toolkit.fluxcd.io}). */
public enum ArtifactKind {
    GitRepository,
    OCIRepository,
    Bucket,
    /** What another controller offers the way that Flux does. */
    ExternalArtifact
}
