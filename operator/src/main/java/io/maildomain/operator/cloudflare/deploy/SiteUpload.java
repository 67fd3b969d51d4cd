package io.maildomain.operator.cloudflare.deploy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        private static final Set<String> READ = Set.of(
                "_worker.bundle", "_routes.json", "_headers", "_redirects", "functions-filepath-routing-config.json");

        /**
         * @throws IllegalArgumentException for a name that Pages does not read, such as one of the form's other fields: the source of a site
         *     could say by it what is deployed, and to which branch
         */
        public Part {
            if (!isRead(name)) {
                throw new IllegalArgumentException("Pages reads no file of this name besides those of the site");
            }
        }

        /** Whether Pages reads a file of this name, at the top of a site, instead of serving it. */
        public static boolean isRead(String name) {
            return READ.contains(name);
        }

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
