package io.maildomain.simulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.calls.CallInterval;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.engine.Engine;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.faults.Faults;
import io.maildomain.simulator.mail.MailTrace;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.StateJson;
import io.maildomain.simulator.state.Token;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.WorldState;
import io.maildomain.simulator.state.Zone;
import io.maildomain.simulator.state.ZoneStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The control plane in Java. Every method takes effect at once; what does not exist is told by
 * {@link java.util.NoSuchElementException}, what is wrong by {@link IllegalArgumentException}, both in one line.
 */
public final class Controls {

    private final Engine engine;
    private final PlatformControls platform;

    public Controls(Engine engine) {
        this.engine = engine;
        this.platform = new PlatformControls(engine);
    }

    /** Everything the simulator holds, tokens included, in a fixed order. */
    public ObjectNode state() {
        // By way of text, so that it equals the same state read from a file or over HTTP.
        return (ObjectNode) parsed(StateJson.MAPPER.valueToTree(engine.state()).toString());
    }

    /**
     * The state without times and history: equal before and after if everything is as it was. Ids are in it, so a rule
     * that was deleted and created again shows.
     */
    public ObjectNode comparableState() {
        return ComparableState.of(state());
    }

    /** Holds that state instead. */
    public void load(JsonNode state) {
        engine.load(StateJson.read(state, WorldState.class));
    }

    /** Creates a zone as another user would, or changes it. */
    public Zone putZone(String name, ZoneSpec spec) {
        return engine.with(world -> spec.applied(world, HostNames.ascii(name)));
    }

    /** Creates a zone from the JSON of {@code PUT /_simulator/zones/{name}}, or changes it. */
    public Zone putZone(String name, String json) {
        return putZone(name, StateJson.read(parsed(json), ZoneSpec.class));
    }

    /** The zone of that name, if there is one. */
    public Optional<Zone> zone(String name) {
        return engine.with(world -> world.zonesNamed(name).stream().findFirst());
    }

    /** Removes a zone as another user would. */
    public void removeZone(String name) {
        engine.with(world -> world.removeZone(existing(world, name).id()));
    }

    /** The registrar points the domain to the zone's name servers: it becomes active. */
    public Zone activate(String name) {
        return withStatus(name, ZoneStatus.ACTIVE);
    }

    /** The domain's name servers are changed to others. */
    public Zone move(String name) {
        return withStatus(name, ZoneStatus.MOVED);
    }

    private Zone withStatus(String name, ZoneStatus status) {
        return changed(
                name, zone -> zone.withRegistration(zone.registration().withStatus(status, engine.with(World::now))));
    }

    /** Does to a zone what the function says. */
    public Zone changed(String name, UnaryOperator<Zone> change) {
        return engine.with(world -> world.put(change.apply(existing(world, name))));
    }

    private static Zone existing(World world, String name) {
        return world.zonesNamed(name).stream().findFirst().orElseThrow(() -> new NotThere("there is no zone " + name));
    }

    /** Creates an account, or changes its name (if not null) and its cap of pending zones (if above 0). */
    public Account putAccount(String id, String name, int pendingZoneLimit) {
        return engine.with(world -> AccountEdits.putAccount(world, id, name, pendingZoneLimit));
    }

    /** A user clicks the link that was sent to the address, in every account that has it. */
    public void verifyAddress(String email) {
        engine.with(world -> AccountEdits.verifyAddress(world, email));
        if (engine.quirks().is(Quirk.UNVERIFIED_DESTINATION, "disabled")) {
            engine.with(world -> {
                AccountEdits.enableRulesTo(world, email);
                return world;
            });
        }
    }

    /** The first account has a destination address, verified or not. */
    public void putAddress(String email, boolean verified) {
        engine.with(world -> AccountEdits.putAddress(world, firstAccount(world), email, verified));
    }

    /** A mail is sent to the address: what becomes of it, and which rule decides. Nothing is kept of it. */
    public MailTrace mail(String address) {
        return engine.with(world -> MailTrace.of(world, address));
    }

    /** A Worker script exists in the first account. */
    public void putWorker(String name) {
        engine.with(world -> AccountEdits.putWorker(world, firstAccount(world), name));
    }

    /** A Worker script is gone, from every account. */
    public void removeWorker(String name) {
        engine.with(world -> AccountEdits.removeWorker(world, name));
    }

    private static Account firstAccount(World world) {
        return world.firstAccount().orElseThrow(() -> new NotThere("there is no account"));
    }

    /** What another user does to what is deployed. */
    public PlatformControls platform() {
        return platform;
    }

    /** Mints a token or changes it; the value comes from the token that is returned. */
    public Token putToken(Token token) {
        return engine.with(world -> world.put(token));
    }

    /** Mints a token with those rights everywhere, or changes the rights of the one of that name. */
    public Token putToken(String name, String... rights) {
        List<Right> held = Arrays.stream(rights).map(Right::of).toList();
        return engine.with(world -> world.put(
                world.token(name).map(known -> known.withRights(held)).orElseGet(() -> Token.minted(name, held))));
    }

    /** Mints or changes a token from the JSON of {@code PUT /_simulator/tokens/{name}}. */
    public Token putToken(String name, JsonNode json) {
        return engine.with(world -> {
            ObjectNode whole = world.token(name)
                    .map(known -> (ObjectNode) StateJson.MAPPER.valueToTree(known))
                    .orElseGet(StateJson.MAPPER::createObjectNode);
            json.properties().forEach(field -> whole.set(snakeCase(field.getKey()), field.getValue()));
            whole.put("name", name);
            return world.put(StateJson.read(whole, Token.class));
        });
    }

    /** {@code expiresOn} as well as {@code expires_on}. */
    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Revokes a token. */
    public void revokeToken(String name) {
        if (!engine.with(world -> world.removeToken(name))) {
            throw new NotThere("there is no token " + name);
        }
    }

    /** Adding that domain is refused with the code (1049, 1097, 1099, 1105, 1110) until it is allowed again. */
    public void refuseDomain(String domain, int code) {
        engine.with(world -> {
            world.refuse(domain, code);
            return null;
        });
    }

    /** Adding that domain is not refused any more. */
    public void allowDomain(String domain) {
        if (!engine.with(world -> world.allow(domain))) {
            throw new NotThere("adding " + domain + " was not refused");
        }
    }

    /** Plants a fault; the answer is its id. */
    public int addFault(FaultPlan plan) {
        return engine.plant(plan);
    }

    /** The next call of that method whose path (with query) has the regular expression in it fails. */
    public int failNext(String method, String path, Fault fault) {
        return addFault(FaultPlan.next(method, path, fault));
    }

    /** What is planted, and how often it was met. */
    public List<Faults.Seen> faults() {
        return engine.faults().all();
    }

    /** Takes one fault away. */
    public void removeFault(int id) {
        if (!engine.faults().remove(id)) {
            throw new NotThere("there is no fault " + id);
        }
    }

    /** Takes all faults away. */
    public void clearFaults() {
        engine.faults().clear();
    }

    /** The calls that came in, in order; faulty ones and refused ones included. */
    public List<SeenCall> calls() {
        return engine.calls().calls();
    }

    /** How many calls came in by {@code METHOD /route/{template}}. */
    public Map<String, Long> callCounts() {
        return engine.calls().counts();
    }

    /** How many calls came in within each interval of so many whole seconds, by token and by route. */
    public List<CallInterval> callsEvery(Duration length) {
        return engine.calls().every(length);
    }

    /** Starts counting anew. */
    public void clearCalls() {
        engine.calls().clear();
    }

    /** Chooses a reading of a disputed behaviour. */
    public void quirk(Quirk quirk, String reading) {
        engine.quirks().set(quirk, reading);
    }

    /** Chooses readings by name. */
    public void quirks(Map<String, String> readings) {
        readings.forEach(engine.quirks()::set);
    }

    /** Every disputed behaviour with its reading. */
    public Map<String, String> quirks() {
        return engine.quirks().all();
    }

    /** The names of all tokens with their rights, without their values. */
    public ArrayNode tokens() {
        ArrayNode tokens = StateJson.MAPPER.valueToTree(engine.state().tokens());
        tokens.forEach(token -> ((ObjectNode) token).remove("value"));
        return tokens;
    }

    private static JsonNode parsed(String json) {
        try {
            return StateJson.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(StateJson.reason(e), e);
        }
    }
}
