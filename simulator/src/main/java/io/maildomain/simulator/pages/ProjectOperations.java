package io.maildomain.simulator.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.PagesProject;
import java.util.List;

/** The operations on Pages projects and their domains. */
public final class ProjectOperations {

    private static final String DOMAINS = Projects.ONE + "/domains";
    private static final String DOMAIN = DOMAINS + "/{domain_name}";
    private static final String NAME = "name";

    private ProjectOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(Projects.ALL, Projects.READ, ProjectOperations::list)
                .post(Projects.ALL, Projects.EDIT, ProjectOperations::create)
                .get(Projects.ONE, Projects.READ, call -> shown(Projects.existing(call)))
                .patch(Projects.ONE, Projects.EDIT, ProjectOperations::edit)
                .delete(Projects.ONE, Projects.EDIT, ProjectOperations::delete)
                .get(DOMAINS, Projects.READ, ProjectOperations::domains)
                .post(DOMAINS, Projects.EDIT, ProjectOperations::addDomain)
                .get(DOMAIN, Projects.READ, ProjectOperations::domain)
                .patch(DOMAIN, Projects.EDIT, ProjectOperations::domain)
                .delete(DOMAIN, Projects.EDIT, ProjectOperations::removeDomain)
                .routes();
    }

    private static Answer shown(PagesProject project) {
        return Envelope.success(PagesJson.project(project));
    }

    private static Answer list(Call call) {
        return Paging.of(call.query(), 1, 10, 100)
                .answer(call.account().platform().pages(), PagesJson::project);
    }

    private static Answer create(Call call) {
        JsonNode body = call.object();
        String name = body.path(NAME).asText();
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,56}[a-z0-9])?")) {
            throw Projects.invalid("Invalid project name. It has up to 58 lower-case letters, digits and dashes.");
        }
        if (call.account().platform().project(name).isPresent()) {
            throw new Refusal(
                    409, 8000002, "A project with this name already exists. Choose a different project name.");
        }
        return shown(Projects.put(
                call,
                PagesProject.fresh(
                        name,
                        body.path("production_branch").asText(null),
                        body.path("deployment_configs").isObject() ? body.get("deployment_configs") : null,
                        call.now())));
    }

    private static Answer edit(Call call) {
        PagesProject project = Projects.existing(call);
        JsonNode body = call.object();
        return shown(Projects.put(
                call,
                project.withSettings(
                        body.path("production_branch").asText(project.productionBranch()),
                        merged(project.deploymentConfigs(), body.path("deployment_configs")))));
    }

    /** What is not named stays, and what is null goes: so wrangler sets one variable, and leaves the others. */
    private static JsonNode merged(JsonNode known, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.isMissingNode() ? known : patch;
        }
        ObjectNode merged =
                known instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), merged(merged.path(field.getKey()), field.getValue()));
            }
        });
        return merged;
    }

    private static Answer delete(Call call) {
        PagesProject gone = Projects.existing(call);
        Account account = call.account();
        call.world()
                .put(account.withPlatform(account.platform()
                        .withPages(Lists.without(account.platform().pages(), gone::equals))));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }

    private static Answer domains(Call call) {
        PagesProject project = Projects.existing(call);
        ArrayNode domains = JsonNodeFactory.instance.arrayNode();
        project.domains().forEach(name -> domains.add(PagesJson.domain(project, name)));
        return Envelope.success(domains);
    }

    private static Answer addDomain(Call call) {
        PagesProject project = Projects.existing(call);
        String name = HostNames.ascii(call.object().path(NAME).asText());
        if (name.isBlank()) {
            throw Projects.invalid("name is required");
        }
        boolean taken = call.account().platform().pages().stream()
                .anyMatch(other -> other.domains().contains(name));
        if (taken) {
            throw new Refusal(409, 8000018, "You have already added this custom domain.");
        }
        Projects.put(call, project.withDomains(Lists.with(project.domains(), name)));
        return Envelope.success(PagesJson.domain(project, name));
    }

    private static String existingDomain(Call call, PagesProject project) {
        String name = HostNames.ascii(call.parameter("domain_name"));
        if (!project.domains().contains(name)) {
            throw new Refusal(404, 8000021, "The project has no custom domain " + name + ".");
        }
        return name;
    }

    private static Answer domain(Call call) {
        PagesProject project = Projects.existing(call);
        return Envelope.success(PagesJson.domain(project, existingDomain(call, project)));
    }

    private static Answer removeDomain(Call call) {
        PagesProject project = Projects.existing(call);
        String gone = existingDomain(call, project);
        Projects.put(call, project.withDomains(Lists.without(project.domains(), gone::equals)));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }
}
