package io.maildomain.operator.cloudflare.deploy;

import java.util.List;

/**
 * What a Worker is bound to and set to.
 *
 * @param bindings of secrets only name and type
 * @param compatibilityDate as in {@code 2026-04-01}; "" if there is none
 */
public record WorkerSettings(List<Binding> bindings, String compatibilityDate, List<String> compatibilityFlags) {
    public WorkerSettings {
        bindings = List.copyOf(bindings);
        compatibilityFlags = List.copyOf(compatibilityFlags);
    }
}
