package io.maildomain.simulator.junit;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A simulator for the tests of a class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CloudflareSimulatorExtension CLOUDFLARE = new CloudflareSimulatorExtension()
 *         .seededBy(others -> others.putZone("example.com", "{\"routing\": true}"));
 * }</pre>
 *
 * <p>As a static field, or by {@code @ExtendWith} on the class, all tests of the class have one simulator, and each test
 * begins with what the seeding left. A static field that classes inherit is one simulator for all of them. As a field of the
 * instance each test has a simulator of its own. Methods of tests, and constructors where it is not a field of the instance, get a
 * {@link Simulator} or its {@link Controls} as a parameter.
 *
 * <p>Tests that run at the same time and have one simulator see each other's changes: give each one its own.
 */
public final class CloudflareSimulatorExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private final SimulatorOptions options;
    private final Consumer<Controls> seeding;
    private final boolean stateIsKept;

    /** Classes and tests that have begun and not ended: a nested class begins while the one around it has not ended. */
    private final Set<String> users = new HashSet<>();

    /** Null while it has no users. */
    private Simulator simulator;

    private JsonNode seeded;

    /** On a free port, without a rate limit, with one account and one token that may do everything. */
    public CloudflareSimulatorExtension() {
        this(SimulatorOptions.defaults(), controls -> {}, false);
    }

    private CloudflareSimulatorExtension(SimulatorOptions options, Consumer<Controls> seeding, boolean stateIsKept) {
        this.options = options;
        this.seeding = seeding;
        this.stateIsKept = stateIsKept;
    }

    /** Starts the simulator with those options. */
    public CloudflareSimulatorExtension withOptions(SimulatorOptions changed) {
        return new CloudflareSimulatorExtension(changed, seeding, stateIsKept);
    }

    /** Does this as well once the simulator has started: zones, destination addresses and tokens that all tests begin with. */
    public CloudflareSimulatorExtension seededBy(Consumer<Controls> more) {
        return new CloudflareSimulatorExtension(options, seeding.andThen(more), stateIsKept);
    }

    /** Loads that state once the simulator has started: a file with what {@code GET /_simulator/state} shows. */
    public CloudflareSimulatorExtension seededFrom(Path state) {
        return seededBy(controls -> controls.load(read(state)));
    }

    /** Tests of a class find what those before them left, as tests that are the steps of one story want it. */
    public CloudflareSimulatorExtension keepingState() {
        return new CloudflareSimulatorExtension(options, seeding, true);
    }

    /**
     * The simulator.
     *
     * @throws IllegalStateException while it does not run
     */
    public synchronized Simulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("the simulator runs only while tests do; the extension is a field with"
                    + " @RegisterExtension, or @ExtendWith names it");
        }
        return simulator;
    }

    /** The part of all who are not the API's client: the registrar, the owner of an address, another user, bad luck. */
    public Controls controls() {
        return simulator().controls();
    }

    /** What clients take for Cloudflare's API, e.g. {@code http://127.0.0.1:41234/client/v4}. */
    public URI apiUri() {
        return simulator().apiUri();
    }

    /**
     * Puts back what the seeding left: the state and the readings of disputed behaviour. No fault is planted then, and no
     * call has come in. What clients have used of their request budgets stays used.
     */
    public synchronized void reset() {
        Controls controls = controls();
        controls.clearFaults();
        controls.load(seeded);
        controls.clearCalls();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context);
        if (!stateIsKept) {
            reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    private synchronized void begin(ExtensionContext context) {
        users.add(context.getUniqueId());
        if (simulator == null) {
            simulator = started();
        }
    }

    private Simulator started() {
        Simulator started = Simulator.start(options);
        try {
            seeding.accept(started.controls());
            seeded = started.controls().state();
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    /** JUnit calls this for what never began as well, where another extension failed before. */
    private synchronized void end(ExtensionContext context) {
        boolean wasUser = users.remove(context.getUniqueId());
        if (wasUser && users.isEmpty() && simulator != null) {
            Simulator last = simulator;
            simulator = null;
            last.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Simulator.class || type == Controls.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Controls.class ? controls() : simulator();
    }

    private static JsonNode read(Path state) {
        try {
            return StateJson.MAPPER.readTree(state.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the state in " + state + " cannot be read: " + e.getMessage(), e);
        }
    }
}
