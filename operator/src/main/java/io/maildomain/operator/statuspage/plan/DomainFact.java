package io.maildomain.operator.statuspage.plan;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailDomainSummary;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page says of a MailDomain.
 *
 * @param rules how many of its rules are in line, such as {@code 3/3}; "" where that is not known
 * @param account which it uses; "" where that is not known
 * @param nameServers to be set at the registrar; empty: none has to be
 * @param pendingChanges which the operator is not to make
 * @param goes whether it is being deleted
 */
public record DomainFact(
        String namespace,
        String name,
        String domain,
        Standing standing,
        Said said,
        String rules,
        String account,
        List<String> nameServers,
        int pendingChanges,
        boolean goes) {

    /** What needs people first; then as {@code kubectl get -A} lists them. */
    static final Comparator<DomainFact> ORDER = Comparator.comparing(DomainFact::standing)
            .thenComparing(DomainFact::namespace)
            .thenComparing(DomainFact::name);

    public DomainFact {
        nameServers = List.copyOf(nameServers);
    }

    /** By what its status says. */
    public static DomainFact of(MailDomain resource) {
        MailDomainStatus status = resource.getStatus();
        boolean goes = resource.isMarkedForDeletion();
        Standing standing = standingOf(resource);
        Optional<MailDomainSummary> summary = Optional.ofNullable(status).map(MailDomainStatus::summary);
        Integer pending = status == null ? null : status.pendingChangesTotal();
        return new DomainFact(
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName(),
                resource.getSpec().domain(),
                standing,
                Said.of(status, standing),
                summary.map(MailDomainSummary::rules).orElse(""),
                summary.map(MailDomainSummary::account).orElse(""),
                goes ? List.of() : nameServers(status),
                pending == null ? 0 : pending,
                goes);
    }

    /** Deletion runs though it is suspended, and does not end while something is awaited. */
    private static Standing standingOf(MailDomain resource) {
        Standing seen = Standing.of(resource.getStatus(), resource.getMetadata().getGeneration());
        if (seen == Standing.STOPPED) {
            return seen;
        }
        if (resource.isMarkedForDeletion()) {
            return Standing.WAITING;
        }
        return resource.getSpec().suspend() ? Standing.SUSPENDED : seen;
    }

    private static List<String> nameServers(@Nullable MailDomainStatus status) {
        if (status == null) {
            return List.of();
        }
        boolean wanted = says(status, ConditionType.ZONE_READY, Reason.ZonePending)
                || says(status, ConditionType.MAIL_DELIVERABLE, Reason.DelegatedElsewhere);
        return wanted && status.zone() != null
                ? status.zone().nameServers().stream().filter(Objects::nonNull).toList()
                : List.of();
    }

    private static boolean says(MailDomainStatus status, ConditionType type, Reason reason) {
        return status.condition(type.value())
                .filter(condition -> !condition.holds() && condition.says(reason))
                .isPresent();
    }

    /** As {@code kubectl} takes it. */
    String resource() {
        return namespace + "/" + name;
    }

    /** Whether the words, in lower case, stand in its domain as it is shown, its name, its account or its reason. */
    boolean matches(String words) {
        return Stream.of(UnicodeName.shown(domain), resource(), account, said.reason())
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(words));
    }
}
