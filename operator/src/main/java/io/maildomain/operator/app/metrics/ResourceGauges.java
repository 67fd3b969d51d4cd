package io.maildomain.operator.app.metrics;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.operator.cloudflare.CallMetrics;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.metrics.Label;
import io.maildomain.operator.metrics.Metric;
import io.maildomain.operator.metrics.ScrapedGauges;
import io.maildomain.operator.metrics.ScrapedGauges.Sample;
import io.maildomain.operator.status.ConditionType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the resources are that are watched, out of their statuses. A status can be forged by a user who may write it: what it says becomes one of few values,
 * and of what is said of single resources there is no more than a hundred.
 */
public final class ResourceGauges {

    /** Of the resources that wait longest. */
    static final int MOST_RESOURCES = 100;

    private static final String OTHER = "other";
    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private static final String UNKNOWN = "unknown";

    private static final Comparator<Sample> LONGEST_FIRST = Comparator.comparingDouble(Sample::value)
            .reversed()
            .thenComparing(sample -> sample.labels().toString());

    private final ResourceCache resources;
    private final Clock clock;

    private ResourceGauges(ResourceCache resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    /** A scrape says from now on how these resources are. */
    public static void add(ScrapedGauges gauges, ResourceCache resources, Clock clock) {
        ResourceGauges these = new ResourceGauges(resources, clock);
        gauges.add(Metric.RESOURCES, these::counts);
        gauges.add(Metric.NOT_READY_SECONDS, these::notReady);
        gauges.add(Metric.RULES, these::rules);
        gauges.add(Metric.ZONE_PENDING_SECONDS, these::zonesPending);
        gauges.add(Metric.MAIL_DELIVERABLE, these::deliverable);
        gauges.add(Metric.TOKEN_EXPIRY, these::tokenExpiries);
    }

    /**
     * Mailboxes are only counted: one that has expired is not ready for good, and there may be thousands of them. So are
     * DestinationAddresses, which wait for a person.
     */
    private Stream<Sample> counts() {
        Stream<CustomResource<?, ? extends Conditioned>> selfService =
                Stream.concat(resources.mailboxes().stream(), resources.destinationAddresses().stream());
        Stream<CustomResource<?, ? extends Conditioned>> counted = Stream.concat(all(), selfService);
        Map<List<String>, Long> counts = counted.collect(Collectors.groupingBy(
                resource -> List.of(kind(resource), word(ready(resource)), reason(ready(resource))),
                Collectors.counting()));
        return counts.entrySet().stream().map(entry -> new Sample(entry.getValue(), entry.getKey()));
    }

    private Stream<Sample> notReady() {
        Instant now = clock.instant();
        return all().filter(resource -> !Optional.ofNullable(ready(resource))
                        .filter(Condition::holds)
                        .isPresent())
                .map(resource -> Sample.of(
                        seconds(since(resource, ready(resource)), now),
                        kind(resource),
                        Optional.ofNullable(resource.getMetadata().getNamespace())
                                .orElse(""),
                        resource.getMetadata().getName(),
                        reason(ready(resource))))
                .sorted(LONGEST_FIRST)
                .limit(MOST_RESOURCES);
    }

    /** Each state, also those that no rule is in: that it is none says something as well. */
    private Stream<Sample> rules() {
        Map<RuleState, Long> counts = resources.mailDomains().stream()
                .map(MailDomain::getStatus)
                .filter(status -> status != null)
                .flatMap(status -> status.rules().stream())
                .filter(rule -> rule.state() != null)
                .collect(Collectors.groupingBy(rule -> rule.state(), Collectors.counting()));
        return Arrays.stream(RuleState.values())
                .map(state -> Sample.of(counts.getOrDefault(state, 0L), Label.ofCamelCase(state.name())));
    }

    /** Each word, also those that no domain says. */
    private Stream<Sample> deliverable() {
        Map<String, Long> counts = resources.mailDomains().stream()
                .map(MailDomain::getStatus)
                .filter(status -> status != null)
                .flatMap(status -> status.condition(ConditionType.MAIL_DELIVERABLE.value()).stream())
                .collect(Collectors.groupingBy(ResourceGauges::word, Collectors.counting()));
        return Stream.of(TRUE, FALSE, UNKNOWN).map(word -> Sample.of(counts.getOrDefault(word, 0L), word));
    }

    private Stream<Sample> zonesPending() {
        Instant now = clock.instant();
        return resources.mailDomains().stream()
                .flatMap(domain -> pending(domain).stream()
                        .map(zone -> Sample.of(
                                seconds(since(domain, zone), now),
                                domain.getMetadata().getNamespace(),
                                domain.getMetadata().getName())))
                .sorted(LONGEST_FIRST)
                .limit(MOST_RESOURCES);
    }

    private static Optional<Condition> pending(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(status -> status.condition(ConditionType.ZONE_READY.value()))
                .filter(zone -> !zone.holds() && zone.says(Reason.ZonePending));
    }

    private Stream<Sample> tokenExpiries() {
        return resources.accounts().stream()
                .filter(account -> account.getStatus() != null)
                .flatMap(account -> Stream.of(
                                expiry(
                                        account,
                                        Surface.RUNTIME,
                                        account.getStatus().runtime()),
                                expiry(
                                        account,
                                        Surface.DEPLOY,
                                        account.getStatus().deploy()))
                        .flatMap(Optional::stream));
    }

    private static Optional<Sample> expiry(CloudflareAccount account, Surface surface, @Nullable SurfaceStatus status) {
        return Optional.ofNullable(status)
                .flatMap(SurfaceStatus::knownExpiry)
                .map(end ->
                        Sample.of(end.getEpochSecond(), account.getMetadata().getName(), Label.of(surface)));
    }

    private Stream<CustomResource<?, ? extends Conditioned>> all() {
        return Stream.of(
                        resources.mailDomains(),
                        resources.catchAllRules(),
                        resources.mailWorkers(),
                        resources.mailSites(),
                        resources.accounts())
                .flatMap(List::stream);
    }

    private static String kind(CustomResource<?, ?> resource) {
        return resource.getKind().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Condition ready(CustomResource<?, ? extends Conditioned> resource) {
        return Optional.<Conditioned>ofNullable(resource.getStatus())
                .flatMap(status -> status.condition(ConditionType.READY.value()))
                .orElse(null);
    }

    private static String word(@Nullable Condition ready) {
        if (ready == null) {
            return UNKNOWN;
        }
        return ready.holds() ? TRUE : "False".equals(ready.status()) ? FALSE : UNKNOWN;
    }

    private static String reason(@Nullable Condition ready) {
        return ready == null
                ? CallMetrics.NONE
                : ready.knownReason().map(Reason::name).map(Label::ofCamelCase).orElse(OTHER);
    }

    /** Without a condition, or where that does not say since when: since the resource is there. */
    private static @Nullable Instant since(CustomResource<?, ?> resource, @Nullable Condition condition) {
        return condition != null && condition.lastTransitionTime() != null
                ? condition.lastTransitionTime()
                : created(resource.getMetadata().getCreationTimestamp());
    }

    private static @Nullable Instant created(@Nullable String timestamp) {
        try {
            return timestamp == null ? null : OffsetDateTime.parse(timestamp).toInstant();
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }

    /** What lies in the future, by a forged status or a clock that is wrong, has just begun. */
    private static double seconds(@Nullable Instant since, Instant now) {
        return since == null || since.isAfter(now)
                ? 0
                : Duration.between(since, now).toSeconds();
    }
}
