package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * The ownership record of a MailDomain: what the operator did at Cloudflare and must undo.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Ownership(
        @JsonPropertyDescription("How the operator came to the zone.")
        ZoneOwnership zone,

        @JsonPropertyDescription("Whether the operator enabled Email Routing; absent: it was on already.")
        RoutingOwnership routing,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 60)
        @JsonPropertyDescription("The subdomains whose records the operator added, as whole host names.")
        List<@Size(max = 253) String> subdomains,

        @JsonPropertyDescription("The subaddressing setting before the operator changed it.")
        SubaddressingOwnership subaddressing,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 400)
        @JsonPropertyDescription(
                "Rules of others that were taken over (conflictPolicy Adopt), with what they said before.")
        List<AdoptedRule> adoptedRules) {

    private static final Ownership NOTHING = new Ownership(null, null, null, null, null);

    /** Replaces absent lists by empty ones. */
    public Ownership {
        subdomains = subdomains == null ? List.of() : List.copyOf(subdomains);
        adoptedRules = adoptedRules == null ? List.of() : List.copyOf(adoptedRules);
    }

    /** An empty ownership record. */
    public static Ownership nothing() {
        return NOTHING;
    }

    /** What is noted of the zone. */
    @JsonIgnore
    public Optional<ZoneOwnership> notedZone() {
        return Optional.ofNullable(zone);
    }

    /** What is noted of Email Routing. */
    @JsonIgnore
    public Optional<RoutingOwnership> notedRouting() {
        return Optional.ofNullable(routing);
    }

    /** What is noted of subaddressing. */
    @JsonIgnore
    public Optional<SubaddressingOwnership> notedSubaddressing() {
        return Optional.ofNullable(subaddressing);
    }

    /** This record with another note of the zone; null takes it out. */
    public Ownership withZone(ZoneOwnership other) {
        return new Ownership(other, routing, subdomains, subaddressing, adoptedRules);
    }

    /** This record with another note of Email Routing; null takes it out. */
    public Ownership withRouting(RoutingOwnership other) {
        return new Ownership(zone, other, subdomains, subaddressing, adoptedRules);
    }

    /** This record with other subdomains. */
    public Ownership withSubdomains(List<String> others) {
        return new Ownership(zone, routing, others, subaddressing, adoptedRules);
    }

    /** This record with another note of subaddressing; null takes it out. */
    public Ownership withSubaddressing(SubaddressingOwnership other) {
        return new Ownership(zone, routing, subdomains, other, adoptedRules);
    }

    /** This record with other adopted rules. */
    public Ownership withAdoptedRules(List<AdoptedRule> others) {
        return new Ownership(zone, routing, subdomains, subaddressing, others);
    }
}
