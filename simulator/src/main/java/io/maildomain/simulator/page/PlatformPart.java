package io.maildomain.simulator.page;

import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.CustomDomain;
import io.maildomain.simulator.state.Platform;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerDeployment;
import io.maildomain.simulator.state.WorkerRoute;
import io.maildomain.simulator.state.WorkerVersion;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the page that shows what is deployed in an account. */
final class PlatformPart {

    private PlatformPart() {}

    static void of(Html page, Account account) {
        workers(page, account);
        Platform platform = account.platform();
        if (!platform.databases().isEmpty()) {
            page.raw("<table><tr><th>D1 database</th><th>holds</th><th>bookmark</th><th>can go back to</th></tr>");
            platform.databases().forEach(database -> page.raw("<tr>")
                    .element("td", database.name())
                    .element("td", database.tables() + " tables, " + (database.size() + 1023) / 1024 + " KiB")
                    .element("td", database.currentBookmark())
                    .element("td", database.timeTravel().size() + " states")
                    .raw("</tr>"));
            page.raw("</table>");
        }
        if (!platform.buckets().isEmpty()) {
            page.raw("<table><tr><th>R2 bucket</th><th>jurisdiction</th><th>location</th></tr>");
            platform.buckets().forEach(bucket -> page.raw("<tr>")
                    .element("td", bucket.name())
                    .element("td", bucket.jurisdiction())
                    .element("td", bucket.location())
                    .raw("</tr>"));
            page.raw("</table>");
        }
        if (!platform.pages().isEmpty()) {
            page.raw("<table><tr><th>Pages project</th><th>live</th><th>deployments</th><th>domains</th></tr>");
            platform.pages().forEach(project -> page.raw("<tr>")
                    .element("td", project.name())
                    .element(
                            "td",
                            project.canonical()
                                    .map(live -> live.id().substring(0, 8) + ", "
                                            + live.files().size() + " files"
                                            + said(live.trigger().getOrDefault("commit_message", "")))
                                    .orElse("nothing yet"))
                    .element("td", project.deployments().size())
                    .element(
                            "td",
                            Stream.concat(Stream.of(project.subdomain()), project.domains().stream())
                                    .collect(Collectors.joining(", ")))
                    .raw("</tr>"));
            page.raw("</table>");
        }
    }

    private static void workers(Html page, Account account) {
        if (account.workers().isEmpty()) {
            page.raw("<p>Workers: none</p>");
            return;
        }
        page.raw("<table><tr><th>Worker</th><th>serves</th><th>deployed by</th><th>versions</th><th>is bound to</th>"
                + "<th>reached by</th></tr>");
        for (Worker worker : account.workers()) {
            Optional<WorkerDeployment> current = worker.currentDeployment();
            page.raw("<tr>")
                    .element("td", worker.name())
                    .element(
                            "td",
                            current.map(deployment -> serving(worker, deployment))
                                    .orElse("nothing"))
                    .element(
                            "td",
                            current.map(deployment -> deployment.source()
                                            + said(deployment.annotations().getOrDefault("workers/message", "")))
                                    .orElse(""))
                    .element("td", worker.versions().size())
                    .element("td", bindings(worker))
                    .element("td", reached(account.platform(), worker))
                    .raw("</tr>");
        }
        page.raw("</table>");
    }

    private static String serving(Worker worker, WorkerDeployment deployment) {
        return deployment.versions().stream()
                .map(share -> "version "
                        + worker.version(share.versionId())
                                .map(version -> String.valueOf(version.number()))
                                .orElse("?")
                        + " (" + share.versionId().substring(0, 8) + ") "
                        + share.percentage().toPlainString() + " %")
                .collect(Collectors.joining(", "));
    }

    private static String bindings(Worker worker) {
        return worker.servingVersion().map(WorkerVersion::bindings).stream()
                .flatMap(bindings -> bindings.stream())
                .map(binding -> binding.path("name").asText() + " ("
                        + binding.path("type").asText() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String reached(Platform platform, Worker worker) {
        Stream<String> domains = platform.customDomains().stream()
                .filter(domain -> domain.service().equals(worker.name()))
                .map(CustomDomain::hostname);
        Stream<String> routes = platform.routes().stream()
                .filter(route -> route.script().equals(worker.name()))
                .map(WorkerRoute::pattern);
        Stream<String> schedules = worker.settings().schedules().stream().map(schedule -> "cron " + schedule.cron());
        Stream<String> own = worker.settings().onSubdomain()
                ? Stream.of(worker.name() + "." + platform.workersSubdomain() + ".workers.dev")
                : Stream.empty();
        return Stream.of(domains, routes, own, schedules).flatMap(part -> part).collect(Collectors.joining(", "));
    }

    private static String said(String message) {
        return message.isEmpty() ? "" : ": " + message;
    }
}
