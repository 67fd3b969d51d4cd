package io.maildomain.faults;

import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.control.DeploySpec;
import io.maildomain.simulator.control.PlatformControls;
import io.maildomain.simulator.state.HostAnswer;
import java.util.List;
import java.util.Map;

/**
 * What is deployed in a life: a Worker with a database, a bucket, a secret, a schedule and a custom domain, and a site with a project, variables and a
 * custom domain of its own. A Worker, a database, a bucket, a project and custom domains of another user are beside them, and that user's rows
 * are in the Worker's database.
 */
final class DeployLife {

    static final String WORKER = "life-worker";
    static final String DATABASE = "life-db";
    static final String SITE = "life-site";

    /** What another user has. */
    static final String OTHERS = "life-others";

    /** What the chart is to allow. */
    static final Map<String, Object> CHART = Map.of(
            "localSecrets",
            true,
            "deploying",
            Map.of(
                    "enabled",
                    true,
                    "configMaps",
                    List.of("files-first", "files-second", "pages-first", "pages-second")));

    private static final String HOST = "api.settled.example";
    private static final String SITE_HOST = "web.settled.example";
    private static final String FIRST_MIGRATIONS = """
              0001_mails.sql: CREATE TABLE mails(sender TEXT); CREATE INDEX by_sender ON mails(sender);
              0002_subject.sql: ALTER TABLE mails ADD COLUMN subject TEXT;
            """;
    private static final String SECOND_MIGRATION = """
              0003_welcome.sql: INSERT INTO mails(sender, subject) VALUES ('team@corp.example', 'welcome');
            """;
    private static final String PROBED =
            "rollout: {strategy: Probed, probe: {url: \"https://%s/health\", attempts: 3}}".formatted(HOST);

    private DeployLife() {}

    /** What Cloudflare holds before anything is deployed. */
    static void fill(Controls controls, Names names) {
        PlatformControls platform = controls.platform();
        platform.putDatabase(
                names.here(DATABASE), "CREATE TABLE people(name TEXT); INSERT INTO people VALUES ('Ada'), ('Grace');");
        platform.putDatabase(
                names.here("life-books"), "CREATE TABLE books(title TEXT); INSERT INTO books VALUES ('Emma');");
        platform.putBucket(names.here("life-bucket"), "default");
        platform.putBucket(names.here("life-box"), "default");
        controls.putWorker(names.here(OTHERS));
        platform.deployWorker(names.here(OTHERS), new DeploySpec("wrangler", "theirs", null, null, null, null));
        platform.putCustomDomain(names.here("others.settled.example"), names.here(OTHERS));
        platform.putPages(
                names.here("life-pages"),
                Json.object().set("domains", Json.array(names.here("pages.settled.example"))));
        platform.deployPages(names.here("life-pages"), null, "theirs");
        platform.putAnswer(names.here(HOST), new HostAnswer(200, null, "", null));
    }

    /** The first deployment. */
    static void deploy(Sandbox place) {
        place.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: app}
                stringData: {session: a-secret-of-the-life}
                """);
        place.apply(files("first", FIRST_MIGRATIONS));
        place.apply(worker(place, "first", ""));
        place.apply(pages("first"));
        place.apply(site(place, "first", "old.settled.example"));
    }

    /** A later one, with a migration and a probe; variables and the site's custom domain change, too. */
    static void release(Sandbox place) {
        place.apply(files("second", FIRST_MIGRATIONS + SECOND_MIGRATION));
        place.apply(worker(place, "second", PROBED));
        place.apply(pages("second"));
        place.apply(site(place, "second", SITE_HOST));
    }

    /** A colleague goes back to the first version in the dashboard, and takes the custom domains away. */
    static void meddle(Sandbox place) {
        PlatformControls platform = place.controls().platform();
        platform.deployWorker(
                place.names().here(WORKER),
                new DeploySpec("dash", "in a hurry", null, null, null, List.of(new DeploySpec.Share("1", null))));
        platform.removeCustomDomain(place.names().here(HOST));
        platform.putPages(place.names().here(SITE), Json.object().set("domains", Json.array()));
    }

    /** Whether the second version serves again, and where it should. */
    static boolean isMended(Sandbox place) {
        boolean serves = place.controls()
                .platform()
                .worker(place.names().here(WORKER))
                .servingVersion()
                .filter(version -> version.number() == 2)
                .isPresent();
        return serves && DeployPicture.leadsTo(place, HOST) && DeployPicture.showsSite(place, SITE_HOST);
    }

    private static String files(String which, String migrations) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: files-%1$s}
                data:
                  index.js: "export default {which: '%1$s'}"
                """.formatted(which) + migrations;
    }

    private static String pages(String which) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: pages-%1$s}
                data:
                  index.html: "<h1>%1$s</h1>"
                  style.css: "body { margin: 0 }"
                """.formatted(which);
    }

    private static String site(Sandbox place, String which, String host) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: MailSite
                metadata: {name: site}
                spec:
                  accountRef: {name: %1$s}
                  project: life-site
                  source: {configMap: {name: pages-%2$s}}
                  createProject: true
                  variables: {WHICH: %2$s}
                  customDomains: [%3$s]
                  deletionPolicy: Delete
                """.formatted(place.namespace(), which, host);
    }

    private static String worker(Sandbox place, String which, String rollout) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: MailWorker
                metadata: {name: worker}
                spec:
                  accountRef: {name: %1$s}
                  script: life-worker
                  source: {configMap: {name: files-%2$s}}
                  compatibilityDate: "2026-04-01"
                  databases: [{binding: DB, name: life-db, migrations: {path: "."}}]
                  buckets: [{binding: BUCKET, name: life-bucket}]
                  variables: {WHICH: %2$s}
                  secrets: [{name: SESSION, valueFrom: {name: app, key: session}}]
                  schedules: ["*/15 * * * *"]
                  customDomains: [%3$s]
                  deletionPolicy: Delete
                  drift: Correct
                  %4$s
                """.formatted(place.namespace(), which, HOST, rollout);
    }
}
