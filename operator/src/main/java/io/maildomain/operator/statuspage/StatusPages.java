package io.maildomain.operator.statuspage;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.statuspage.plan.AccountFact;
import io.maildomain.operator.statuspage.plan.DomainFact;
import io.maildomain.operator.statuspage.plan.OtherFact;
import io.maildomain.operator.statuspage.plan.PageFacts;
import io.maildomain.operator.statuspage.plan.PageQuery;
import io.maildomain.operator.statuspage.plan.ResourceWalk;
import io.maildomain.operator.statuspage.plan.Said;
import io.maildomain.operator.statuspage.plan.Standing;
import io.maildomain.operator.statuspage.plan.StatusPage;
import io.maildomain.operator.statuspage.plan.TraceResources;
import io.maildomain.operator.statuspage.plan.Unverified;
import io.maildomain.operator.trace.Tracer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pages that can be asked for at one moment. */
public final class StatusPages {

    private final String version;
    private final ResourceCache resources;
    private final Levels levels;
    private final Clock clock;

    /** What the process knows of accounts, by their names. */
    public interface Levels {

        /** What may be sent with their tokens. */
        Map<String, AccountFact.Budget> budgets();

        /** How old what is known of the resources that use them is. */
        Map<String, AccountFact.Checks> checks();
    }

    /** @param resources asked at each look; what they say is a moment old at most */
    public StatusPages(String version, ResourceCache resources, Levels levels, Clock clock) {
        this.version = version;
        this.resources = resources;
        this.levels = levels;
        this.clock = clock;
    }

    /** All pages as things are now, by the query as a browser sends it: those that ask together are answered from one look. */
    public UnaryOperator<String> now() {
        PageFacts facts = facts();
        return text -> {
            PageQuery query = QueryText.parse(text);
            return StatusPage.of(
                    facts,
                    query,
                    Tracer.address(query.address())
                            .map(address -> ResourceWalk.of(address, holderOf(address)))
                            .orElse(null));
        };
    }

    private PageFacts facts() {
        return new PageFacts(
                clock.instant(),
                version,
                named(resources.mailDomains()).map(DomainFact::of).toList(),
                Unverified.of(
                        resources.mailDomains(),
                        resources.catchAllRules(),
                        resources.mailboxes(),
                        resources.destinationAddresses()),
                accounts(),
                others());
    }

    /** Those that name a domain; a hollow one costs no reader the page. */
    private static Stream<MailDomain> named(Collection<MailDomain> domains) {
        return domains.stream()
                .filter(domain -> domain.getSpec() != null && domain.getSpec().domain() != null);
    }

    private List<AccountFact> accounts() {
        Map<String, AccountFact.Budget> budgets = levels.budgets();
        Map<String, AccountFact.Checks> checks = levels.checks();
        return resources.accounts().stream()
                .map(account -> account(account, budgets, checks))
                .toList();
    }

    private static AccountFact account(
            CloudflareAccount account,
            Map<String, AccountFact.Budget> budgets,
            Map<String, AccountFact.Checks> checks) {
        String name = account.getMetadata().getName();
        CloudflareAccountStatus status = account.getStatus();
        Standing standing = Standing.of(status, account.getMetadata().getGeneration());
        return new AccountFact(
                name,
                standing,
                Said.of(status, standing),
                ends(status, CloudflareAccountStatus::runtime),
                ends(status, CloudflareAccountStatus::deploy),
                budgets.get(name),
                checks.get(name));
    }

    private static @Nullable Instant ends(
            @Nullable CloudflareAccountStatus status, Function<CloudflareAccountStatus, SurfaceStatus> surface) {
        return Optional.ofNullable(status)
                .map(surface)
                .flatMap(SurfaceStatus::knownExpiry)
                .orElse(null);
    }

    private List<OtherFact> others() {
        return all().flatMap(resource -> other(resource).stream()).toList();
    }

    private Stream<CustomResource<?, ? extends Conditioned>> all() {
        return Stream.of(
                        resources.catchAllRules(),
                        resources.mailWorkers(),
                        resources.mailSites(),
                        resources.mailboxes(),
                        resources.destinationAddresses())
                .flatMap(List::stream);
    }

    private static Optional<OtherFact> other(CustomResource<?, ? extends Conditioned> resource) {
        return OtherFact.of(resource, resource.getStatus());
    }

    /** The longest name wins, as with zones; one that has none counts only where there is none above it either. */
    private @Nullable TraceResources holderOf(String address) {
        String host = DesiredState.hostOf(address);
        TraceResources longest = null;
        for (String name : RegistrableDomains.namesOfZones(host)) {
            List<MailDomain> domains = named(resources.mailDomainsFor(name)).toList();
            Optional<MailDomain> holder = TraceResources.holder(domains);
            if (holder.isPresent()) {
                TraceResources found = found(holder.get(), domains.size() - 1);
                if (!TraceResources.isLeftToTheZoneAbove(holder.get())) {
                    return found;
                }
                longest = longest == null ? found : longest;
            }
        }
        return longest;
    }

    private TraceResources found(MailDomain domain, int rivals) {
        MailDomainName name = MailDomainName.of(domain);
        return new TraceResources(
                domain,
                rivals,
                resources.mailboxesOf(name).stream()
                        .filter(mailbox -> mailbox.getSpec() != null)
                        .toList(),
                resources.catchAllRulesOf(name.namespace(), name.name()).stream()
                        .filter(rule -> rule.getSpec() != null)
                        .toList());
    }
}
