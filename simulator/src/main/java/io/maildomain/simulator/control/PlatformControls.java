package io.maildomain.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.d1.Databases;
import io.maildomain.simulator.engine.Engine;
import io.maildomain.simulator.sql.SqlFailure;
import io.maildomain.simulator.sql.SqlOutcome;
import io.maildomain.simulator.sql.SqlQuery;
import io.maildomain.simulator.sql.SqlResult;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Bucket;
import io.maildomain.simulator.state.CustomDomain;
import io.maildomain.simulator.state.Database;
import io.maildomain.simulator.state.HostAnswer;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.PagesDeployment;
import io.maildomain.simulator.state.PagesProject;
import io.maildomain.simulator.state.Platform;
import io.maildomain.simulator.state.StateJson;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerRoute;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** What another user does to what is deployed in the first account. */
public final class PlatformControls {

    private final Engine engine;

    PlatformControls(Engine engine) {
        this.engine = engine;
    }

    private static Account account(World world) {
        return world.firstAccount().orElseThrow(() -> new NotThere("there is no account"));
    }

    private void change(UnaryOperator<Platform> change) {
        engine.with(world -> {
            Account account = account(world);
            return world.put(account.withPlatform(change.apply(account.platform())));
        });
    }

    private Platform platform() {
        return engine.with(world -> account(world).platform());
    }

    /** Uploads and deploys a Worker, or deploys versions that it has, as another user would. */
    public Worker deployWorker(String name, DeploySpec spec) {
        return engine.with(world -> {
            Account account = account(world);
            Worker known = account.worker(name).orElseThrow(() -> new NotThere("there is no Worker " + name));
            Worker worker = spec.applied(known, world.now());
            world.put(account.withWorkers(
                    Lists.put(account.workers(), w -> w.name().equals(name), worker)));
            return worker;
        });
    }

    /** The Worker of that name. */
    public Worker worker(String name) {
        return engine.with(
                world -> account(world).worker(name).orElseThrow(() -> new NotThere("there is no Worker " + name)));
    }

    /** A database exists; SQL (if not empty) is run on it as another user would. */
    public Database putDatabase(String name, String sql) {
        return engine.with(world -> {
            if (account(world).platform().database(name).isEmpty()) {
                Account account = account(world);
                Platform platform = account.platform();
                world.put(account.withPlatform(platform.withDatabases(
                        Lists.with(platform.databases(), Database.empty(name, null, world.now())))));
            }
            if (!sql.isBlank()) {
                run(world, name, sql);
            }
            return existing(account(world).platform(), name);
        });
    }

    private static SqlOutcome run(World world, String name, String sql) {
        Account account = account(world);
        try {
            return Databases.run(world, account, existing(account.platform(), name), List.of(SqlQuery.of(sql)));
        } catch (SqlFailure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Database existing(Platform platform, String name) {
        return platform.database(name).orElseThrow(() -> new NotThere("there is no database " + name));
    }

    /** A database with the rows of its tables. */
    public ObjectNode database(String name) {
        Database database = existing(platform(), name);
        ObjectNode json = StateJson.MAPPER
                .createObjectNode()
                .put("uuid", database.uuid())
                .put("name", database.name())
                .put("bookmark", database.currentBookmark());
        ObjectNode tables = json.putObject("tables");
        for (List<Object> row : look(
                        database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
                .rows()) {
            String table = String.valueOf(row.get(0));
            SqlResult rows = look(database, "SELECT * FROM \"" + table.replace("\"", "\"\"") + "\" LIMIT 1000");
            ObjectNode shown = tables.putObject(table);
            shown.set("columns", StateJson.MAPPER.valueToTree(rows.columns()));
            shown.set("rows", StateJson.MAPPER.valueToTree(rows.rows()));
        }
        return json;
    }

    private static SqlResult look(Database database, String sql) {
        try {
            return Databases.look(database, sql).results().get(0);
        } catch (SqlFailure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public void removeDatabase(String name) {
        existing(platform(), name);
        change(platform -> platform.withDatabases(
                Lists.without(platform.databases(), database -> database.name().equals(name))));
    }

    /** A bucket exists. */
    public Bucket putBucket(String name, String jurisdiction) {
        Bucket wanted = new Bucket(name, jurisdiction, null, null, engine.with(World::now));
        change(platform -> platform.bucket(name, wanted.jurisdiction()).isPresent()
                ? platform
                : platform.withBuckets(Lists.with(platform.buckets(), wanted)));
        return wanted;
    }

    /** Buckets of that name are gone, in every jurisdiction. */
    public void removeBucket(String name) {
        if (platform().buckets().stream().noneMatch(bucket -> bucket.name().equals(name))) {
            throw new NotThere("there is no bucket " + name);
        }
        change(platform -> platform.withBuckets(
                Lists.without(platform.buckets(), bucket -> bucket.name().equals(name))));
    }

    /** A Pages project exists, with these domains and settings where some are named. */
    public PagesProject putPages(String name, JsonNode spec) {
        return engine.with(world -> {
            Account account = account(world);
            Platform platform = account.platform();
            PagesProject known =
                    platform.project(name).orElseGet(() -> PagesProject.fresh(name, null, null, world.now()));
            PagesProject project = known.withSettings(
                    spec.path("production_branch").asText(known.productionBranch()),
                    spec.path("deployment_configs").isObject()
                            ? spec.get("deployment_configs")
                            : known.deploymentConfigs());
            if (spec.path("domains").isArray()) {
                project = project.withDomains(texts(spec.get("domains")));
            }
            world.put(account.withPlatform(platform.withPages(
                    Lists.put(platform.pages(), other -> other.name().equals(name), project))));
            return project;
        });
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** A user deploys a site without files; no branch: the production branch. */
    public PagesDeployment deployPages(String name, String branch, String message) {
        return engine.with(world -> {
            Account account = account(world);
            Platform platform = account.platform();
            PagesProject project =
                    platform.project(name).orElseThrow(() -> new NotThere("there is no Pages project " + name));
            boolean live = branch == null || branch.equals(project.productionBranch());
            PagesDeployment deployment = new PagesDeployment(
                    null,
                    live ? "production" : "preview",
                    world.now(),
                    Map.of("branch", live ? project.productionBranch() : branch, "commit_message", message),
                    null,
                    null,
                    null,
                    null);
            PagesProject changed = project.withDeployments(Lists.with(project.deployments(), deployment));
            world.put(account.withPlatform(platform.withPages(
                    Lists.put(platform.pages(), other -> other.name().equals(name), changed))));
            return deployment;
        });
    }

    /** How Cloudflare gets on with the newest deployment: {@code success}, {@code active} or {@code failure}. */
    public void endPages(String name, String status) {
        change(platform -> platform.withPages(platform.pages().stream()
                .map(project -> project.name().equals(name) ? ended(project, status) : project)
                .toList()));
    }

    private static PagesProject ended(PagesProject project, String status) {
        List<PagesDeployment> known = project.deployments();
        PagesDeployment newest = known.get(known.size() - 1);
        return project.withDeployments(Lists.put(known, newest::equals, newest.withStatus(status)));
    }

    public void removePages(String name) {
        if (platform().project(name).isEmpty()) {
            throw new NotThere("there is no Pages project " + name);
        }
        change(platform -> platform.withPages(
                Lists.without(platform.pages(), project -> project.name().equals(name))));
    }

    /** A user takes a host name for a Worker, from whichever has it. */
    public CustomDomain putCustomDomain(String hostname, String worker) {
        String host = HostNames.ascii(hostname);
        Zone zone = zoneOf(host);
        CustomDomain domain = new CustomDomain(null, host, worker, null, zone.id(), zone.name());
        change(platform -> platform.withCustomDomains(
                Lists.put(platform.customDomains(), other -> other.hostname().equals(host), domain)));
        return domain;
    }

    private Zone zoneOf(String host) {
        return engine.with(world -> world.zonesOf(account(world).id()).stream()
                .filter(zone -> zone.contains(host))
                .max(Comparator.comparingInt(zone -> zone.name().length()))
                .orElseThrow(() -> new NotThere("there is no zone for " + host)));
    }

    public void removeCustomDomain(String hostname) {
        if (platform().customDomain(hostname).isEmpty()) {
            throw new NotThere("there is no custom domain " + hostname);
        }
        change(platform -> platform.withCustomDomains(Lists.without(
                platform.customDomains(), domain -> domain.hostname().equals(hostname))));
    }

    /** A user lets a pattern lead to a Worker, whichever it led to. */
    public WorkerRoute putRoute(String pattern, String script) {
        String host =
                pattern.replaceFirst("^https?://", "").replaceFirst("/.*$", "").replaceFirst("^\\*\\.?", "");
        WorkerRoute route = new WorkerRoute(null, zoneOf(host).id(), pattern, script);
        change(platform -> platform.withRoutes(
                Lists.put(platform.routes(), other -> other.pattern().equals(pattern), route)));
        return route;
    }

    /** What a host answers. */
    public void putAnswer(String host, HostAnswer answer) {
        engine.with(world -> {
            world.putAnswer(HostNames.ascii(host), answer);
            return null;
        });
    }

    public void removeAnswer(String host) {
        if (!engine.with(world -> world.removeAnswer(HostNames.ascii(host)))) {
            throw new NotThere("nothing was said of what " + host + " answers");
        }
    }
}
