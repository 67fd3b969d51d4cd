package io.maildomain.operator.controller.mailsite.plan;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the status notes of a site. It is written before the call that it speaks of.
 *
 * @param deploying fingerprint of what is to be deployed, or was last; empty: nothing yet
 * @param retry the request to look that stood when that began: another one has it tried again, should it have failed
 * @param deployed what Cloudflare was seen to be through with, well or not; null: none yet
 * @param domains hostnames that the operator leads to the project
 * @param variables names of those that the operator has set; one that had the same value before is none of them
 */
public record SiteLedger(
        Origin origin,
        String deploying,
        String retry,
        @Nullable Deployed deployed,
        Set<String> domains,
        Set<String> variables) {

    /** Nothing was done yet. */
    public static final SiteLedger NOTHING = new SiteLedger(Origin.NOTHING, "", "", null, Set.of(), Set.of());

    public SiteLedger {
        domains = Set.copyOf(domains);
        variables = Set.copyOf(variables);
    }

    /** How the project came to be. */
    public enum Origin {
        /** Not by us, as far as is known; or others have deployed to it. It is never deleted. */
        NOTHING,
        /** The operator is about to create it. */
        CREATING,
        CREATED
    }

    /** @param id of the deployment */
    public record Deployed(String id, String fingerprint) {}

    /** What Cloudflare was seen to be through with. */
    public Optional<Deployed> lastDeployed() {
        return Optional.ofNullable(deployed);
    }

    /** What is asked for by that name: it was deployed as a new try, or is deployed under its own name. */
    String wanted(SiteIntent intent) {
        return deploying.equals(intent.fingerprint(retry)) ? deploying : intent.fingerprint();
    }

    /** Whether Cloudflare was seen to be through with the deployment of that fingerprint. */
    boolean hasSeen(String fingerprint) {
        return lastDeployed()
                .filter(last -> last.fingerprint().equals(fingerprint))
                .isPresent();
    }

    private SiteLedger withOrigin(Origin now) {
        return new SiteLedger(now, deploying, retry, deployed, domains, variables);
    }

    private SiteLedger withDomains(Stream<String> now) {
        return new SiteLedger(origin, deploying, retry, deployed, now.collect(Collectors.toSet()), variables);
    }

    private SiteLedger withVariables(Stream<String> now) {
        return new SiteLedger(origin, deploying, retry, deployed, domains, now.collect(Collectors.toSet()));
    }

    /** A request counts from the moment that something new is deployed: one that stood there before asks for no second try. */
    private SiteLedger deploying(String fingerprint, String request) {
        return deploying.equals(fingerprint)
                ? this
                : new SiteLedger(origin, fingerprint, request, deployed, domains, variables);
    }

    /**
     * What a look tells of calls whose answer was lost. In doubt a project is not ours, nor is one that others deploy to: it is never
     * deleted then.
     */
    SiteLedger settled(SiteState state) {
        boolean begun = origin == Origin.CREATING && state.project() != null;
        Origin known = state.holdsOthers() ? Origin.NOTHING : begun ? Origin.CREATED : origin;
        return withOrigin(known)
                .withDomains(domains.stream().filter(host -> state.found()
                        .filter(there -> there.domains().contains(host))
                        .isPresent()))
                .withVariables(variables.stream().filter(name -> state.found()
                        .filter(there -> there.variables().containsKey(name))
                        .isPresent()));
    }

    /** Written before the call: afterwards it cannot be told who did it. */
    SiteLedger before(SiteStep step) {
        if (step instanceof SiteStep.CreateProject) {
            return withOrigin(Origin.CREATING);
        }
        if (step instanceof SiteStep.SetVariables set) {
            return withVariables(Stream.concat(variables.stream(), set.values().keySet().stream()));
        }
        if (step instanceof SiteStep.Deploy deploy) {
            return deploying(deploy.fingerprint(), deploy.request());
        }
        if (step instanceof SiteStep.NoteDeployed note) {
            SiteLedger begun = deploying(note.deployed().fingerprint(), note.request());
            return new SiteLedger(origin, begun.deploying, begun.retry, note.deployed(), domains, variables);
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
        if (step instanceof SiteStep.SetVariables set) {
            return withVariables(
                    variables.stream().filter(name -> !set.removed().contains(name)));
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
