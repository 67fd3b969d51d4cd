package io.maildomain.operator.controller.mailsite.plan;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the status notes of a site. It is written before the call that it speaks of.
 *
 * @param deployed fingerprint of the deployment that was seen to succeed, or to fail; empty: none yet
 * @param domains hostnames that the operator leads to the project
 * @param variables names of those that the operator has set
 */
public record SiteLedger(Origin origin, String deployed, Set<String> domains, Set<String> variables) {

    /** Nothing was done yet. */
    public static final SiteLedger NOTHING = new SiteLedger(Origin.NOTHING, "", Set.of(), Set.of());

    public SiteLedger {
        domains = Set.copyOf(domains);
        variables = Set.copyOf(variables);
    }

    /** How the project came to be. */
    public enum Origin {
        /** Not by us, as far as is known. */
        NOTHING,
        /** The operator is about to create it. */
        CREATING,
        CREATED
    }

    SiteLedger withOrigin(Origin now) {
        return new SiteLedger(now, deployed, domains, variables);
    }

    SiteLedger withDomains(Stream<String> now) {
        return new SiteLedger(origin, deployed, now.collect(Collectors.toSet()), variables);
    }

    /** What a look tells of calls whose answer was lost. In doubt a project is not ours: it is never deleted then. */
    SiteLedger settled(SiteState state) {
        boolean begun = origin == Origin.CREATING && state.project() != null;
        Origin known = !begun ? origin : state.holdsOthers() ? Origin.NOTHING : Origin.CREATED;
        return withOrigin(known).withDomains(domains.stream().filter(host -> state.found()
                .filter(there -> there.domains().contains(host))
                .isPresent()));
    }

    /** Written before the call: afterwards it cannot be told who did it. */
    SiteLedger before(SiteStep step) {
        if (step instanceof SiteStep.CreateProject) {
            return withOrigin(Origin.CREATING);
        }
        if (step instanceof SiteStep.SetVariables set) {
            return new SiteLedger(
                    origin,
                    deployed,
                    domains,
                    Stream.concat(variables.stream(), set.values().keySet().stream())
                            .collect(Collectors.toSet()));
        }
        if (step instanceof SiteStep.NoteDeployed note) {
            return new SiteLedger(origin, note.fingerprint(), domains, note.variables());
        }
        return step instanceof SiteStep.AddDomain add
                ? withDomains(Stream.concat(domains.stream(), Stream.of(add.host())))
                : this;
    }

    /** What stands once a step was done. */
    public SiteLedger done(SiteStep step) {
        if (step instanceof SiteStep.CreateProject) {
            return withOrigin(Origin.CREATED);
        }
        if (step instanceof SiteStep.RemoveDomain remove) {
            return withDomains(domains.stream().filter(host -> !host.equals(remove.host())));
        }
        return step instanceof SiteStep.DeleteProject ? NOTHING : this;
    }

    /** Takes the note back where Cloudflare certainly did not do it: each of these is only done where nothing is there yet. */
    public SiteLedger refused(SiteStep step) {
        if (step instanceof SiteStep.CreateProject) {
            return withOrigin(Origin.NOTHING);
        }
        return step instanceof SiteStep.AddDomain add
                ? withDomains(domains.stream().filter(host -> !host.equals(add.host())))
                : this;
    }
}
