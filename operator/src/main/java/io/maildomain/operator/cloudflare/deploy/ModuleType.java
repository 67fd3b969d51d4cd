package io.maildomain.operator.cloudflare.deploy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the modules of a Worker are, by the ends of their names, as wrangler takes them. */
public enum ModuleType {
    ES_MODULE("application/javascript+module", "js", "mjs"),
    COMMON_JS("application/javascript", "cjs"),
    WASM("application/wasm", "wasm"),
    TEXT("text/plain", "txt", "html", "sql"),
    DATA("application/octet-stream", "bin"),
    PYTHON("text/x-python", "py"),
    SOURCE_MAP("application/source-map", "map");

    private final String contentType;
    private final Set<String> extensions;

    ModuleType(String contentType, String... extensions) {
        this.contentType = contentType;
        this.extensions = Set.of(extensions);
    }

    /** As the form says it in which it is uploaded. */
    public String contentType() {
        return contentType;
    }

    /** Empty where files of such names are no modules. */
    public static Optional<ModuleType> ofName(String name) {
        String extension = FileNames.extension(name).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.extensions.contains(extension))
                .findFirst();
    }
}
