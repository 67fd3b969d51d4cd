package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maildomain.operator.cloudflare.deploy.SiteDeployment;
import io.maildomain.operator.cloudflare.deploy.SiteDomain;
import io.maildomain.operator.cloudflare.deploy.SiteProject;
import io.maildomain.operator.cloudflare.deploy.SiteProject.Variables;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From what Pages answers to values. What is missing or malformed is a {@link BadAnswer}. */
final class SitesTranslation {
    /** What Cloudflare calls the settings of the production branch, and those of all others. */
    static final String LIVE = "production";

    static final String PREVIEW = "preview";

    private static final int PARTS_OF_A_JWT = 3;
    private static final int MOST_FILES = 20_000;
    private static final int MOST_CHARACTERS = 500;

    private SitesTranslation() {}

    static SiteProject project(JsonNode node, String name) {
        Fields project = new Fields(node);
        Translation.require(project.text("name").equals(name), "a Pages project is not the one that was asked for");
        Translation.require(!project.text("production_branch").isEmpty(), "a Pages project has no production branch");
        return new SiteProject(
                name,
                HostNames.ascii(project.text("subdomain")),
                project.text("production_branch"),
                project.texts("domains").stream().map(HostNames::ascii).toList(),
                serving(project),
                variables(node, LIVE),
                variables(node, PREVIEW));
    }

    private static Variables variables(JsonNode project, String environment) {
        Map<String, String> texts = new TreeMap<>();
        Set<String> secrets = new TreeSet<>();
        project.path("deployment_configs")
                .path(environment)
                .path("env_vars")
                .properties()
                .forEach(variable -> {
                    Fields value = new Fields(variable.getValue());
                    if (value.text("type").equals("secret_text")) {
                        secrets.add(variable.getKey());
                    } else if (value.has("type")) {
                        texts.put(variable.getKey(), value.text("value"));
                    }
                });
        return new Variables(texts, secrets);
    }

    /** What is odd is not told: it is to be asked for by that id. */
    private static String serving(Fields project) {
        String id = project.object("canonical_deployment").text("id");
        return PathPlace.UUID.fits(id) ? id : "";
    }

    /** A JWT whose claims say until when it is valid. */
    static UploadPass pass(JsonNode node, JsonMapper mapper) {
        String jwt = new Fields(node).text("jwt");
        String[] parts = jwt.split("\\.", -1);
        Translation.require(parts.length == PARTS_OF_A_JWT, "an upload pass is no JWT");
        JsonNode claims = claims(parts[1], mapper);
        Fields readable = new Fields(claims);
        int mostFiles = readable.count("max_file_count_allowed");
        try {
            Instant expiresAt = Instant.ofEpochSecond(claims.path("exp").asLong(0));
            Translation.require(claims.path("exp").isNumber(), "an upload pass does not say when it expires");
            return new UploadPass(jwt, expiresAt, mostFiles == 0 ? MOST_FILES : mostFiles);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadAnswer("an upload pass has not the form of one");
        }
    }

    private static JsonNode claims(String encoded, JsonMapper mapper) {
        try {
            return mapper.readTree(Base64.getUrlDecoder().decode(encoded));
        } catch (IOException | IllegalArgumentException e) {
            // Its words could quote the pass.
            throw new BadAnswer("the claims of an upload pass cannot be read");
        }
    }

    /** Of those that were asked about; a server that names others is not to be believed. */
    static Set<String> missing(JsonNode result, Set<String> asked) {
        Translation.require(result.isArray(), "the missing files are no list");
        Set<String> missing = new TreeSet<>();
        for (JsonNode key : result) {
            Translation.require(
                    key.isTextual() && asked.contains(key.textValue()), "a file is missing that was not asked about");
            missing.add(key.textValue());
        }
        return missing;
    }

    static List<SiteDeployment> deployments(JsonNode result) {
        return WorkersTranslation.list(result, SitesTranslation::deployment);
    }

    static SiteDeployment deployment(JsonNode node) {
        Fields deployment = new Fields(node);
        Fields stage = deployment.object("latest_stage");
        Fields trigger = deployment.object("deployment_trigger").object("metadata");
        return new SiteDeployment(
                WorkersTranslation.uuid(node, "id", "a deployment of a site"),
                Text.readable(deployment.text("url"), MOST_CHARACTERS),
                deployment.text("environment"),
                trigger.text("branch"),
                stage.text("name"),
                stage.text("status"),
                trigger.words("commit_message"),
                trigger.words("commit_hash"),
                deployment.texts("aliases").stream()
                        .map(alias -> Text.readable(alias, MOST_CHARACTERS))
                        .toList());
    }

    static List<SiteDomain> domains(JsonNode result) {
        Translation.require(result.isArray(), "the result is no list");
        List<SiteDomain> domains = new ArrayList<>();
        result.forEach(node -> domains.add(domain(node)));
        return List.copyOf(domains);
    }

    static SiteDomain domain(JsonNode node) {
        Fields domain = new Fields(node);
        Translation.require(!domain.text("name").isEmpty(), "a site's domain has no name");
        return new SiteDomain(HostNames.ascii(domain.words("name")), domain.words("status"));
    }
}
