package io.maildomain.operator.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * A {@link StatusWriter} in memory, as strict about what has changed as {@link ResourceWriter}; remembers what was written.
 * A status with a reason where its documentation does not show it fails the test.
 */
public final class MemoryStore<R extends CustomResource<P, S>, P, S> implements StatusWriter<R, S> {

    private final Supplier<R> empty;
    private final BinaryOperator<S> withOwnershipOf;
    private final Map<String, R> resources = new LinkedHashMap<>();
    private final List<S> ownershipRecords = new ArrayList<>();
    private final List<S> statuses = new ArrayList<>();
    private Runnable onOwnership = () -> {};
    private String refused = "";
    private String lost = "";
    private long version;

    /** @param withOwnershipOf the first status with the ownership record of the second; either may be null */
    public MemoryStore(Supplier<R> empty, BinaryOperator<S> withOwnershipOf) {
        this.empty = empty;
        this.withOwnershipOf = withOwnershipOf;
    }

    /** Of MailDomains, with their status as {@link ResourceWriter} would write it. */
    public static MemoryStore<MailDomain, MailDomainSpec, MailDomainStatus> ofMailDomains() {
        return new MemoryStore<>(
                MailDomain::new, (status, ownership) -> (status == null ? MailDomainStatus.ofOwnership(null) : status)
                        .withOwnership(ownership == null ? null : ownership.ownership()));
    }

    /** Of CatchAllRules, likewise. */
    public static MemoryStore<CatchAllRule, CatchAllRuleSpec, CatchAllRuleStatus> ofCatchAllRules() {
        return new MemoryStore<>(
                CatchAllRule::new,
                (status, ownership) -> (status == null ? new CatchAllRuleStatus(null, null, null) : status)
                        .withOwnership(ownership == null ? null : ownership.ownership()));
    }

    /** Of MailWorkers, likewise. */
    public static MemoryStore<MailWorker, MailWorkerSpec, MailWorkerStatus> ofMailWorkers() {
        return new MemoryStore<>(
                MailWorker::new, (status, ownership) -> (status == null ? MailWorkerStatus.ofOwnership(null) : status)
                        .withOwnership(ownership == null ? null : ownership.ownership()));
    }

    /** Of MailSites, likewise. */
    public static MemoryStore<MailSite, MailSiteSpec, MailSiteStatus> ofMailSites() {
        return new MemoryStore<>(
                MailSite::new, (status, ownership) -> (status == null ? MailSiteStatus.ofOwnership(null) : status)
                        .withOwnership(ownership == null ? null : ownership.ownership()));
    }

    /** Of Mailboxes, which have no ownership record. */
    public static MemoryStore<Mailbox, MailboxSpec, MailboxStatus> ofMailboxes() {
        return new MemoryStore<>(Mailbox::new, (status, ownership) -> status);
    }

    /** Of DestinationAddresses, likewise. */
    public static MemoryStore<DestinationAddress, DestinationAddressSpec, DestinationAddressStatus> ofDestinations() {
        return new MemoryStore<>(
                DestinationAddress::new,
                (status, ownership) -> (status == null ? DestinationAddressStatus.ofOwnership(null) : status)
                        .withOwnership(ownership == null ? null : ownership.ownership()));
    }

    /** Of CloudflareAccounts, which have no ownership record. */
    public static MemoryStore<CloudflareAccount, CloudflareAccountSpec, CloudflareAccountStatus> ofAccounts() {
        return new MemoryStore<>(CloudflareAccount::new, (status, ownership) -> status);
    }

    /** Adds the resource, or replaces it as another user would. */
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

    /** Does something each time just after an ownership record was written. */
    public void afterOwnership(Runnable action) {
        onOwnership = action;
    }

    /** No status of a resource of that name passes the schema. */
    public void refusesStatusesOf(String name) {
        refused = name;
    }

    /** A writer to the ownership record of a resource of that name comes too late. */
    public void losesNotesOf(String name) {
        lost = name;
    }

    /** The ownership records that were written, in order. */
    public List<S> ownershipRecords() {
        return List.copyOf(ownershipRecords);
    }

    /** The statuses that were written, in order. */
    public List<S> statuses() {
        return List.copyOf(statuses);
    }

    @Override
    public List<R> liveIn(String namespace) {
        return all().stream()
                .filter(resource -> resource.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    @Override
    public Optional<R> live(R known) {
        return Optional.ofNullable(resources.get(known.getMetadata().getUid()))
                .map(resource -> copy(resource, resource.getStatus()));
    }

    @Override
    public R writeOwnership(R live, S ownership) {
        R stored = resources.get(live.getMetadata().getUid());
        if (stored == null || live.getMetadata().getName().equals(lost) || !isAsRead(stored, live)) {
            throw new OwnershipConflict(live.getMetadata().getName(), null);
        }
        ownershipRecords.add(ownership);
        R written = put(copy(stored, withOwnershipOf.apply(stored.getStatus(), ownership)));
        onOwnership.run();
        return written;
    }

    private boolean isAsRead(R stored, R read) {
        return Objects.equals(
                        stored.getMetadata().getGeneration(), read.getMetadata().getGeneration())
                && stored.isMarkedForDeletion() == read.isMarkedForDeletion()
                && annotationsOf(stored).equals(annotationsOf(read))
                && Objects.equals(
                        withOwnershipOf.apply(null, stored.getStatus()), withOwnershipOf.apply(null, read.getStatus()));
    }

    private static Map<String, String> annotationsOf(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations()).orElse(Map.of());
    }

    @Override
    public void writeStatus(R live, S status) {
        R stored = resources.get(live.getMetadata().getUid());
        if (live.getMetadata().getName().equals(refused)) {
            throw new StatusRefused(refused, new IllegalArgumentException("too long"));
        }
        List<String> undocumented = DocumentedReasons.violations(live.getKind(), status);
        if (!undocumented.isEmpty()) {
            throw new AssertionError(String.join("; ", undocumented));
        }
        if (stored != null) {
            statuses.add(status);
            put(copy(stored, withOwnershipOf.apply(status, stored.getStatus())));
        }
    }

    @Override
    public void release(R known) {
        R stored = resources.get(known.getMetadata().getUid());
        if (stored == null) {
            return;
        }
        stored.removeFinalizer(ResourceWriter.FINALIZER);
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
