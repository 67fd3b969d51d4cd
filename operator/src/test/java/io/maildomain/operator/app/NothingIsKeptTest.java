package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.Remembered;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A thousand resources come and go: whatever map of the operator can be reached is as small after them as before. Each map, and what ends its entries, stands in
 * {@code docs/adr}.
 */
class NothingIsKeptTest {

    private static final int WAVES = 10;
    private static final int DOMAINS = 50;

    /** For one account and one token. */
    private static final int FEW = 10;

    /** What does not end with a resource has a bound of its own. */
    private static final Map<String, Integer> BOUNDS =
            Map.of("PermissionEvidence.zones", 3_000, "AdmissionQueue.next", 1_000);

    private final ScenarioDsl scenario =
            new ScenarioDsl(Options.usual().withSweeps().withMassDeletion(10 * DOMAINS)).usual();
    private final FakeEnvironment env = scenario.env();
    private final Forgetting forgetting = new Forgetting();
    private final List<MailDomain> domains = new ArrayList<>();
    private final List<CatchAllRule> rules = new ArrayList<>();
    private final List<MailWorker> workers = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();

    @AfterEach
    void stop() {
        forgetting.close();
        scenario.close();
    }

    private Map<String, Integer> remembered() {
        return Remembered.by(
                env.domainController(),
                env.ruleController(),
                env.workerController(),
                env.siteController(),
                env.clients(),
                env.sweeps(),
                env.tries(),
                env.locks());
    }

    private void come(int wave) {
        domains.clear();
        rules.clear();
        workers.clear();
        sites.clear();
        for (int i = 0; i < DOMAINS; i++) {
            String name = "d" + wave + "-" + i;
            String namespace = "team-" + wave + "-" + i % 10;
            scenario.controls().putZone(name + ".example", "{}");
            // Every tenth forwards where no owner has said yes: it is tried again and again.
            String target = i % 10 == 0 ? "newcomer@corp.example" : "team@corp.example";
            domains.add(scenario.domain(
                    namespace,
                    name,
                    "{'domain':'" + name + ".example','rules':[{'address':'a@" + name
                            + ".example','action':{'forwardTo':'" + target + "'}}]}"));
            rules.add(scenario.catchAll(namespace, name, name, "{'action':{'drop':true}}"));
            if (i % 2 == 0) {
                workers.add(worker(namespace, name, i));
            } else {
                sites.add(site(namespace, name, i));
            }
        }
        scenario.turn();
        scenario.turn();
        env.sweep();
        scenario.turn();
    }

    private MailWorker worker(String namespace, String name, int i) {
        // Every fifth has no files: it is tried again and again.
        if (i % 10 != 0) {
            scenario.files(namespace, "index.js", "export default {}");
        }
        return scenario.worker(
                namespace,
                name,
                "{'script':'" + name + "','accountRef':{'name':'deploying'},'customDomains':['w." + name
                        + ".example']}");
    }

    private MailSite site(String namespace, String name, int i) {
        if (i % 10 != 1) {
            scenario.files(namespace, "index.html", "<h1>mail</h1>");
        }
        return scenario.site(
                namespace, name, "{'project':'" + name + "','createProject':true,'accountRef':{'name':'deploying'}}");
    }

    private void go() {
        for (int i = 0; i < DOMAINS; i++) {
            MailDomain domain = domains.get(i);
            CatchAllRule rule = rules.get(i);
            if (i % 3 == 0) {
                // Its finalizer was taken off by hand.
                env.domains().remove(domain);
                env.rules().remove(rule);
            } else {
                scenario.delete(domain);
                scenario.delete(rule);
            }
        }
        for (int i = 0; i < workers.size(); i++) {
            if (i % 3 == 0) {
                env.workers().remove(workers.get(i));
            } else {
                scenario.delete(workers.get(i));
            }
        }
        for (int i = 0; i < sites.size(); i++) {
            if (i % 3 == 0) {
                env.sites().remove(sites.get(i));
            } else {
                scenario.delete(sites.get(i));
            }
        }
        for (int i = 0; i < 4; i++) {
            scenario.turn();
        }
        assertThat(env.domains().all()).isEmpty();
        assertThat(env.rules().all()).isEmpty();
        assertThat(env.workers().all()).isEmpty();
        assertThat(env.sites().all()).isEmpty();
        for (int i = 0; i < DOMAINS; i += 2) {
            forgetting.mailDomainChanged(new Change<>(domains.get(i), null));
            forgetting.catchAllRuleChanged(new Change<>(rules.get(i), null));
        }
        for (int i = 0; i < workers.size(); i += 2) {
            forgetting.mailWorkerChanged(new Change<>(workers.get(i), null));
        }
        for (int i = 0; i < sites.size(); i += 2) {
            forgetting.mailSiteChanged(new Change<>(sites.get(i), null));
        }
        scenario.later(Duration.ofHours(2));
        forgetting.sweep(env.cluster());
        forgetting.sweep(env.cluster());
    }

    @Test
    void ofAThousandResourcesThatCameAndWent() {
        forgetting.also(env.domainController());
        forgetting.also(env.ruleController());
        forgetting.also(env.workerController());
        forgetting.also(env.siteController());
        scenario.token(
                "deploy-tokens",
                "deploy",
                "Account: Workers Scripts: Edit",
                "Account: Cloudflare Pages: Edit",
                "Zone: Workers Routes: Edit",
                "Zone: Zone: Read");
        scenario.account(
                "deploying",
                "deploy-tokens",
                env.simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'deploy':{'workers':['*'],'pages':['*'],'hostnames':['*']}}]");
        forgetting.alsoShared(env.tries(), env.clients(), env.sweeps());
        for (int wave = 0; wave < WAVES; wave++) {
            come(wave);
            assertThat(remembered().values().stream().filter(size -> size >= DOMAINS))
                    .as("the maps that this is about hold something: %s", remembered())
                    .hasSizeGreaterThanOrEqualTo(8);
            assertThat(remembered().get("ZoneMemory.byUid")).isGreaterThanOrEqualTo(DOMAINS / 3);
            go();
        }
        assertThat(remembered())
                .allSatisfy((field, size) ->
                        assertThat(size).as(field).isLessThanOrEqualTo(BOUNDS.getOrDefault(field, FEW)));
    }
}
