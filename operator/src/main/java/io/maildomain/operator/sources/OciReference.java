package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ghcr.io/acme/mailbox:v1@sha256:…}. As with images, a name without a host is Docker Hub's, and no tag is {@code latest}.
 *
 * @param version what is asked for: the digest where there is one, else the tag
 */
record OciReference(String host, String repository, String version) {

    static final String HUB = "registry-1.docker.io";

    /** The grammar of OCI's distribution specification, bounded. */
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<host>(?:[a-z0-9][a-z0-9.-]{0,252}\\.[a-z0-9-]{1,63}|localhost)(?::\\d{1,5})?|[a-z0-9][a-z0-9.-]{0,252}:\\d{1,5})/)?"
                    + "(?<repository>[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*){0,9})"
                    + "(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    private static final int LONGEST = 512;

    /** @throws SourceException where the text is no reference */
    static OciReference parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw new SourceException(
                    Problem.MALFORMED, "the reference is none: write something like ghcr.io/acme/mailbox@sha256:…");
        }
        String host = form.group("host");
        boolean hub = host == null || host.equals("docker.io") || host.equals("index.docker.io");
        String repository = form.group("repository");
        String version = form.group("digest") != null ? form.group("digest") : form.group("tag");
        return new OciReference(
                hub ? HUB : host,
                hub && repository.indexOf('/') < 0 ? "library/" + repository : repository,
                version == null ? "latest" : version);
    }

    boolean hasDigest() {
        return version.startsWith("sha256:");
    }
}
