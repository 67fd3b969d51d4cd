package io.maildomain.operator.cloudflare.deploy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A deployment of a site as it is sent to Pages.
 *
 * @param manifest the key of each file by its path, which begins with a slash
 * @param branch where it is the project's production branch, the deployment is live
 * @param commitHash "" for none
 * @param parts what Pages reads besides the files: {@code _worker.bundle}, {@code _routes.json}, {@code _headers}, {@code _redirects}
 */
public record SiteUpload(
        Map<String, String> manifest, String branch, String commitMessage, String commitHash, List<Part> parts) {

    /** One file that is sent along; its text does not show the content. */
    public record Part(String name, byte[] content) {
        @Override
        public String toString() {
            return "Part[%s, %d bytes]".formatted(name, content.length);
        }
    }

    public SiteUpload {
        manifest = Collections.unmodifiableMap(new TreeMap<>(manifest));
        parts = List.copyOf(parts);
    }
}
