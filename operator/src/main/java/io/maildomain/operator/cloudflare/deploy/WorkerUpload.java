package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a Worker as it is uploaded.
 *
 * @param mainModule the name of one of the modules
 * @param compatibilityDate as in {@code 2026-04-01}
 * @param bindings all that it is bound to, but for those that are kept
 * @param keptTypes bindings of these types stay as they are in the newest version, unless they are named; where it is empty Cloudflare
 *     keeps what it keeps, which are secrets
 * @param observability whether its logs are kept; null leaves that as it is
 * @param tag "" for none; Cloudflare keeps some 100 bytes
 * @param message "" for none; Cloudflare keeps some 100 bytes
 */
public record WorkerUpload(
        String mainModule,
        List<WorkerModule> modules,
        String compatibilityDate,
        List<String> compatibilityFlags,
        List<Binding> bindings,
        List<String> keptTypes,
        @Nullable Boolean observability,
        String tag,
        String message) {

    /** @throws IllegalArgumentException where the main module is not among the modules, or two have one name */
    public WorkerUpload {
        modules = List.copyOf(modules);
        compatibilityFlags = List.copyOf(compatibilityFlags);
        bindings = List.copyOf(bindings);
        keptTypes = List.copyOf(keptTypes);
        List<String> names = modules.stream().map(WorkerModule::name).toList();
        if (!names.contains(mainModule)) {
            throw new IllegalArgumentException("the main module is not among the modules");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("two modules have one name");
        }
    }

    /** The secret texts in it. */
    public List<String> secrets() {
        return bindings.stream().flatMap(binding -> binding.secrets().stream()).toList();
    }
}
