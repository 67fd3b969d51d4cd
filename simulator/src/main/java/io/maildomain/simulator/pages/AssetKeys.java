package io.maildomain.simulator.pages;

import io.github.rctcwyvrn.blake3.Blake3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key of an asset: half of BLAKE3 over its content in base64 and the extension of its name. */
final class AssetKeys {

    private static final int DIGITS = 32;
    private static final Map<String, List<String>> BY_TYPE = Map.of(
            "text/html", List.of("html", "htm"),
            "text/javascript", List.of("js", "mjs"),
            "application/javascript", List.of("js", "mjs"),
            "image/jpeg", List.of("jpg", "jpeg"),
            "text/plain", List.of("txt", ""),
            "image/x-icon", List.of("ico"),
            "image/vnd.microsoft.icon", List.of("ico"),
            "image/svg+xml", List.of("svg"),
            "application/manifest+json", List.of("webmanifest", "json"));
    private static final List<String> USUAL = List.of(
            "",
            "html",
            "css",
            "js",
            "json",
            "txt",
            "map",
            "png",
            "svg",
            "ico",
            "webp",
            "jpg",
            "gif",
            "woff2",
            "woff",
            "xml",
            "wasm",
            "pdf",
            "md",
            "webmanifest",
            "mjs",
            "ttf",
            "avif");

    private AssetKeys() {}

    static String of(String base64, String extension) {
        Blake3 blake3 = Blake3.newInstance();
        blake3.update((base64 + extension).getBytes(StandardCharsets.UTF_8));
        return blake3.hexdigest().substring(0, DIGITS);
    }

    /** The extension that makes this key of the content, if it is one that is known or goes with the type. */
    static Optional<String> extension(String key, String base64, String contentType) {
        String type = contentType.replaceFirst(";.*", "").strip();
        List<String> candidates =
                new ArrayList<>(BY_TYPE.getOrDefault(type, List.of(type.replaceFirst("^.*[/.+-]", ""))));
        candidates.addAll(USUAL);
        return candidates.stream()
                .filter(extension -> of(base64, extension).equals(key))
                .findFirst();
    }

    /** What stands behind the last dot of a path's last part, as wrangler takes it. */
    static String extensionOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1);
    }
}
