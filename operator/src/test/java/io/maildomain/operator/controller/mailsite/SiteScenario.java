package io.maildomain.operator.controller.mailsite;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.SiteOwnership;
import io.maildomain.operator.controller.deploy.DeployScenario;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.ownership.MemoryStore;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.SourceLimits;
import io.maildomain.simulator.SimulatorOptions;
import java.util.List;
import java.util.Map;

/** MailSites, of which one source is an artifact. */
final class SiteScenario extends DeployScenario<MailSite, MailSiteSpec, MailSiteStatus> {

    static final String PROJECT = "mail-web";
    static final String HOST = "web.example.com";

    private MailSiteReconciler controller;

    SiteScenario() {
        this(MemoryStore.ofMailSites());
    }

    private SiteScenario(MemoryStore<MailSite, MailSiteSpec, MailSiteStatus> store) {
        super(
                SimulatorOptions.defaults(),
                store,
                new MemoryCluster(List::of, List::of).withMailSites(store::all),
                MailSite::new,
                "web");
        sources.put(
                "ghcr.io/acme/web:v1",
                Bundle.of(
                        Map.of("client/dist/index.html", new byte[] {1}, "client/readme", new byte[] {2}),
                        SourceLimits.DEFAULT));
        starts();
    }

    /** The operator starts: what was in memory is gone. */
    void starts() {
        controller = new MailSiteReconciler(
                parts(),
                new MailSiteServices(credentials(), reader(), turns, cluster, told::add, FakeEnvironment.MARK, clock));
    }

    @Override
    public MailSiteReconciler controller() {
        return controller;
    }

    /** Applies a MailSite of the operator's namespace; JSON with ticks for quotes, without project and source. */
    MailSite site(String name, String more) {
        return site(FakeEnvironment.OPERATOR_NAMESPACE, name, more);
    }

    MailSite site(String namespace, String name, String more) {
        return apply(
                namespace,
                name,
                read(
                        "{'project':'" + PROJECT + "','source':{'configMap':{'name':'web'}}"
                                + (more.isEmpty() ? "" : "," + more) + "}",
                        MailSiteSpec.class));
    }

    SiteOwnership ownership(MailSite site) {
        return SiteOwnershipSession.ownershipOf(live(site));
    }

    /** The Pages project as the simulator has it. */
    JsonNode project() {
        for (JsonNode project : simulator.controls().state().at("/accounts/0/platform/pages")) {
            if (project.path("name").asText().equals(PROJECT)) {
                return project;
            }
        }
        throw new AssertionError("there is no project " + PROJECT);
    }
}
