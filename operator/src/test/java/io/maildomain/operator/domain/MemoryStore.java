package io.maildomain.operator.domain;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.ledger.LedgerConflict;
import io.maildomain.operator.ledger.StatusStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** MailDomains in memory, as the API server would keep them: each write has a resource version. */
final class MemoryStore implements StatusStore<MailDomain, MailDomainStatus> {

    private final Map<String, MailDomain> byUid = new TreeMap<>();
    private final List<String> journal;
    private long version = 100;

    MemoryStore(List<String> journal) {
        this.journal = journal;
    }

    static MailDomain mailDomain(String name, MailDomainSpec spec) {
        MailDomain made = new MailDomain();
        made.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mail")
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withResourceVersion("1")
                .build());
        made.setSpec(spec);
        return made;
    }

    MailDomain put(MailDomain domain) {
        domain.getMetadata().setResourceVersion(Long.toString(++version));
        byUid.put(domain.getMetadata().getUid(), domain);
        return domain;
    }

    List<MailDomain> all() {
        return List.copyOf(byUid.values());
    }

    @Override
    public Optional<MailDomain> live(MailDomain known) {
        return Optional.ofNullable(byUid.get(known.getMetadata().getUid()));
    }

    @Override
    public MailDomain writeLedger(MailDomain live, MailDomainStatus ledger) {
        MailDomain known = byUid.get(live.getMetadata().getUid());
        if (known == null
                || !known.getMetadata()
                        .getResourceVersion()
                        .equals(live.getMetadata().getResourceVersion())) {
            throw new LedgerConflict("MailDomain " + live.getMetadata().getName(), null);
        }
        journal.add("note");
        return put(withStatus(known, withLedger(known.getStatus(), ledger.ownership())));
    }

    @Override
    public void writeStatus(MailDomain live, MailDomainStatus status) {
        MailDomain known = byUid.get(live.getMetadata().getUid());
        Ownership ledger = known.getStatus() == null ? null : known.getStatus().ownership();
        put(withStatus(known, withLedger(status, ledger)));
    }

    @Override
    public void release(MailDomain known) {
        byUid.remove(known.getMetadata().getUid());
    }

    private static MailDomain withStatus(MailDomain known, MailDomainStatus status) {
        MailDomain next = new MailDomain();
        next.setMetadata(new ObjectMetaBuilder(known.getMetadata()).build());
        next.setSpec(known.getSpec());
        next.setStatus(status);
        return next;
    }

    private static MailDomainStatus withLedger(MailDomainStatus status, Ownership ledger) {
        return status == null ? MailDomainStatus.ofLedger(ledger) : status.withLedger(ledger);
    }
}
