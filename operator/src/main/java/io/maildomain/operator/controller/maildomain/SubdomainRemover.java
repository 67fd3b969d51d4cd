package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the records of subdomains. Where that switches the whole domain off, it goes on again with all its subdomains, and
 * the call is not used any more ({@code docs/contributing/cloudflare-facts.md#settings-and-dns}).
 */
final class SubdomainRemover {

    private final Cloudflare cloudflare;
    private final SubdomainRemoval known;
    private final String zoneId;

    SubdomainRemover(Cloudflare cloudflare, SubdomainRemoval known, String zoneId) {
        this.cloudflare = cloudflare;
        this.known = known;
        this.zoneId = zoneId;
    }

    /** @return false where the records stay, for removing them would switch the domain off */
    boolean remove(Change.RemoveSubdomain remove) {
        if (!known.isUnsafe(zoneId)) {
            if (!isOn()) {
                cloudflare.removeSubdomain(zoneId, remove.host());
                return true;
            }
            known.sent(zoneId, standing(remove));
            send(remove);
            known.seen(zoneId, isOn());
            if (!known.isOff(zoneId)) {
                return true;
            }
        }
        putBack();
        return false;
    }

    /** Sees to what an earlier call did whose answer was lost. Before anything is planned: it was not done by others. */
    void settle() {
        if (known.isSent(zoneId)) {
            known.seen(zoneId, isOn());
        }
        putBack();
    }

    private void send(Change.RemoveSubdomain remove) {
        try {
            cloudflare.removeSubdomain(zoneId, remove.host());
        } catch (CloudflareException e) {
            if (e.isDefinitive()) {
                known.forget(zoneId);
            }
            throw e;
        }
    }

    private void putBack() {
        if (known.isOff(zoneId)) {
            unlessRefused(() -> cloudflare.enableRouting(zoneId));
            known.hosts(zoneId).forEach(host -> unlessRefused(() -> cloudflare.addSubdomain(zoneId, host)));
            known.forget(zoneId);
        }
    }

    /** What Cloudflare will not do must not stand in the way of everything else: the plan that follows says what is missing. */
    private static void unlessRefused(Runnable call) {
        try {
            call.run();
        } catch (CloudflareException e) {
            boolean forGood = e.refused()
                    .filter(refused -> refused.status() < 500 && refused.status() != 408)
                    .isPresent();
            if (!forGood || Applier.stopsAll(e)) {
                throw e;
            }
        }
    }

    private boolean isOn() {
        return cloudflare.routing(zoneId).enabled();
    }

    /** What must route mail afterwards as well; of those of others, what does so now. */
    private List<String> standing(Change.RemoveSubdomain remove) {
        List<String> standing = new ArrayList<>(remove.desired());
        remove.others().stream()
                .filter(host -> !standing.contains(host))
                .filter(host ->
                        !HostDns.of(host, cloudflare.routingDns(zoneId, host)).missing())
                .forEach(standing::add);
        return standing;
    }
}
