package io.maildomain.operator.ledger;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A store that writes a ledger although others write to the resource at the same time: whoever changes a label must not make us ask
 * Cloudflare everything again. What was decided rests on the spec, the annotations that are meant for us and the ledger; only
 * while all of them are as they were read is it written, under the resource version of that reading.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public final class PatientStore<R extends CustomResource<?, S>, S> implements StatusStore<R, S> {

    private static final String OURS = "maildomain.io/";

    private static final int ATTEMPTS = 10;

    private final StatusStore<R, S> store;
    private final Function<R, ?> noted;

    /** @param noted what stands in a resource's ledger */
    public PatientStore(StatusStore<R, S> store, Function<R, ?> noted) {
        this.store = store;
        this.noted = noted;
    }

    /** For MailDomains. */
    public static PatientStore<MailDomain, MailDomainStatus> ofMailDomains(
            StatusStore<MailDomain, MailDomainStatus> store) {
        return new PatientStore<>(
                store, domain -> Optional.ofNullable(domain.getStatus()).flatMap(MailDomainStatus::ledger));
    }

    /** For CatchAllRules. */
    public static PatientStore<CatchAllRule, CatchAllRuleStatus> ofCatchAllRules(
            StatusStore<CatchAllRule, CatchAllRuleStatus> store) {
        return new PatientStore<>(
                store, rule -> Optional.ofNullable(rule.getStatus()).flatMap(CatchAllRuleStatus::ledger));
    }

    @Override
    public R writeLedger(R live, S ledger) {
        R now = live;
        for (int attempt = 1; ; attempt++) {
            try {
                return store.writeLedger(now, ledger);
            } catch (LedgerConflict e) {
                Optional<R> fresh = attempt < ATTEMPTS ? store.live(live) : Optional.empty();
                R known = now;
                if (fresh.filter(found -> isNewer(found, known) && isSame(found, live))
                        .isEmpty()) {
                    throw e;
                }
                now = fresh.get();
            }
        }
    }

    @Override
    public Optional<R> live(R known) {
        return store.live(known);
    }

    @Override
    public void writeStatus(R live, S status) {
        store.writeStatus(live, status);
    }

    @Override
    public void release(R known) {
        store.release(known);
    }

    /** Else it was not the version that was refused. */
    private static boolean isNewer(CustomResource<?, ?> now, CustomResource<?, ?> before) {
        return !Objects.equals(
                now.getMetadata().getResourceVersion(), before.getMetadata().getResourceVersion());
    }

    private boolean isSame(R now, R before) {
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
