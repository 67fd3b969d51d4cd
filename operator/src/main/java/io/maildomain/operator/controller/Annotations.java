package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** The annotations that people steer a resource with ({@code docs/guides/troubleshooting.md#annotations}). */
public final class Annotations {

    /** Of all of them. */
    public static final String PREFIX = "maildomain.io/";

    private static final String ABANDON = PREFIX + "abandon";
    private static final String CONFIRM_ZONE_DELETION = PREFIX + "confirm-zone-deletion";
    private static final String REBIND_ZONE = PREFIX + "rebind-zone";
    private static final String RESEND_VERIFICATION = PREFIX + "resend-verification";

    /** As long as an ownership record can hold it. */
    private static final int LONGEST_REQUEST = 64;

    private Annotations() {}

    /** Whether the resource may go although not everything could be undone. */
    public static boolean abandons(HasMetadata resource) {
        return value(resource, ABANDON).filter("true"::equals).isPresent();
    }

    /** Whether the deletion of a zone at Cloudflare Registrar is confirmed for this domain. */
    public static boolean confirmsZoneDeletion(HasMetadata resource, String domain) {
        return value(resource, CONFIRM_ZONE_DELETION).filter(domain::equals).isPresent();
    }

    /** A zone id, or {@code new}: which zone to use instead of the noted one. */
    public static Optional<String> rebindZone(HasMetadata resource) {
        return value(resource, REBIND_ZONE);
    }

    /** A request to have Cloudflare mail the link of a destination address once more: each new value is one. */
    public static Optional<String> resendVerification(HasMetadata resource) {
        return value(resource, RESEND_VERIFICATION)
                .filter(request -> !request.isEmpty())
                .map(request -> request.substring(0, Math.min(LONGEST_REQUEST, request.length())));
    }

    private static Optional<String> value(HasMetadata resource, String name) {
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations).map(all -> all.get(name)).map(String::trim);
    }
}
