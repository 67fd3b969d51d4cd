package io.maildomain.operator.ledger;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes a ledger although others write to the resource at the same time: whoever changes a label must not make us ask
 * Cloudflare everything again. What was decided rests on the spec, the annotations that are meant for us and the ledger; only
 * while all of them are as they were read is it written, under the resource version of that reading.
 */
public final class LedgerWrites {

    private static final String OURS = "maildomain.io/";

    private static final int ATTEMPTS = 10;

    private LedgerWrites() {}

    /**
     * See {@link StatusStore#writeLedger}.
     *
     * @param read the resource as the decision saw it
     * @param noted what stands in its ledger
     * @throws LedgerConflict if something that matters has changed
     */
    public static <R extends CustomResource<?, S>, S> R write(
            StatusStore<R, S> store, R read, S ledger, Function<R, ?> noted) {
        R now = read;
        for (int attempt = 1; ; attempt++) {
            try {
                return store.writeLedger(now, ledger);
            } catch (LedgerConflict e) {
                Optional<R> fresh = attempt < ATTEMPTS ? store.live(read) : Optional.empty();
                R known = now;
                if (fresh.filter(found -> isNewer(found, known) && isSame(found, read, noted))
                        .isEmpty()) {
                    throw e;
                }
                now = fresh.get();
            }
        }
    }

    /** Else it was not the version that was refused. */
    private static boolean isNewer(CustomResource<?, ?> now, CustomResource<?, ?> before) {
        return !Objects.equals(
                now.getMetadata().getResourceVersion(), before.getMetadata().getResourceVersion());
    }

    private static <R extends CustomResource<?, ?>> boolean isSame(R now, R before, Function<R, ?> noted) {
        return Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                && now.isMarkedForDeletion() == before.isMarkedForDeletion()
                && ours(now).equals(ours(before))
                && Objects.equals(noted.apply(now), noted.apply(before));
    }

    private static Map<String, String> ours(CustomResource<?, ?> resource) {
        Map<String, String> ours = new TreeMap<>();
        Optional.ofNullable(resource.getMetadata().getAnnotations())
                .orElse(Map.of())
                .forEach((name, value) -> {
                    if (name.startsWith(OURS)) {
                        ours.put(name, value);
                    }
                });
        return ours;
    }
}
