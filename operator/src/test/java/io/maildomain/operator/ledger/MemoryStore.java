package io.maildomain.operator.ledger;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** A {@link StatusStore} in memory, as strict about resource versions as the API server; remembers what was written. */
public final class MemoryStore<R extends CustomResource<P, S>, P, S> implements StatusStore<R, S> {

    private final Supplier<R> empty;
    private final BinaryOperator<S> withLedgerOf;
    private final Map<String, R> resources = new LinkedHashMap<>();
    private final List<S> ledgers = new ArrayList<>();
    private final List<S> statuses = new ArrayList<>();
    private Runnable onLedger = () -> {};
    private String refused = "";
    private String lost = "";
    private long version;

    /** @param withLedgerOf the first status with the ledger of the second; either may be null */
    public MemoryStore(Supplier<R> empty, BinaryOperator<S> withLedgerOf) {
        this.empty = empty;
        this.withLedgerOf = withLedgerOf;
    }

    /** Adds the resource, or replaces it as somebody else would. */
    public R put(R resource) {
        R stored = copy(resource, resource.getStatus());
        stored.getMetadata().setResourceVersion(Long.toString(++version));
        resources.put(stored.getMetadata().getUid(), stored);
        return copy(stored, stored.getStatus());
    }

    public void remove(R resource) {
        resources.remove(resource.getMetadata().getUid());
    }

    public List<R> all() {
        return resources.values().stream()
                .map(resource -> copy(resource, resource.getStatus()))
                .toList();
    }

    /** Does something each time just after a ledger was written. */
    public void afterLedger(Runnable action) {
        onLedger = action;
    }

    /** No status of a resource of that name passes the schema. */
    public void refusesStatusesOf(String name) {
        refused = name;
    }

    /** Whoever writes into the ledger of a resource of that name comes too late. */
    public void losesNotesOf(String name) {
        lost = name;
    }

    /** The ledgers that were written, in order. */
    public List<S> ledgers() {
        return List.copyOf(ledgers);
    }

    /** The statuses that were written, in order. */
    public List<S> statuses() {
        return List.copyOf(statuses);
    }

    @Override
    public Optional<R> live(R known) {
        return Optional.ofNullable(resources.get(known.getMetadata().getUid()))
                .map(resource -> copy(resource, resource.getStatus()));
    }

    @Override
    public R writeLedger(R live, S ledger) {
        R stored = resources.get(live.getMetadata().getUid());
        if (stored == null
                || live.getMetadata().getName().equals(lost)
                || !stored.getMetadata()
                        .getResourceVersion()
                        .equals(live.getMetadata().getResourceVersion())) {
            throw new LedgerConflict(live.getMetadata().getName(), null);
        }
        ledgers.add(ledger);
        R written = put(copy(stored, withLedgerOf.apply(stored.getStatus(), ledger)));
        onLedger.run();
        return written;
    }

    @Override
    public void writeStatus(R live, S status) {
        R stored = resources.get(live.getMetadata().getUid());
        if (live.getMetadata().getName().equals(refused)) {
            throw new StatusRefused(refused, new IllegalArgumentException("too long"));
        }
        if (stored != null) {
            statuses.add(status);
            put(copy(stored, withLedgerOf.apply(status, stored.getStatus())));
        }
    }

    @Override
    public void release(R known) {
        R stored = resources.get(known.getMetadata().getUid());
        if (stored == null) {
            return;
        }
        stored.removeFinalizer(ResourceStore.FINALIZER);
        if (stored.isMarkedForDeletion() && stored.getMetadata().getFinalizers().isEmpty()) {
            resources.remove(known.getMetadata().getUid());
        }
    }

    private R copy(R resource, S status) {
        R copy = empty.get();
        copy.setMetadata(new ObjectMetaBuilder(resource.getMetadata()).build());
        copy.setSpec(resource.getSpec());
        copy.setStatus(status);
        return copy;
    }
}
