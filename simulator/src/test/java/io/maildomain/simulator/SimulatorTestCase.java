package io.maildomain.simulator;

import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.quirks.Quirk;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/**
 * A simulator of its own for each test. With {@code -Dsimulator.recording=FILE} all exchanges are written there, so
 * that they can be held against Cloudflare's schema.
 */
abstract class SimulatorTestCase {

    private static final String RECORDING = System.getProperty("simulator.recording", "");

    final SteppingClock clock = new SteppingClock("2026-11-24T10:00:00.123456Z");
    final Simulator simulator = Simulator.start(options());
    final Controls controls = simulator.controls();

    /** A caller that may do everything. */
    final Client owner = Client.of(simulator);

    SimulatorOptions options() {
        return recorded(SimulatorOptions.defaults().withClock(clock));
    }

    static SimulatorOptions recorded(SimulatorOptions options) {
        return RECORDING.isEmpty() ? options : options.withRecording(Path.of(RECORDING));
    }

    @AfterEach
    void stopTheSimulator() {
        simulator.close();
    }

    /** A client whose token has those rights. */
    Client clientWith(String... rights) {
        return owner.as(controls.putToken("limited", rights).value());
    }

    void quirk(Quirk quirk, String reading) {
        controls.quirk(quirk, reading);
    }

    /** An active zone without anything in it; its path. */
    String zone(String name) {
        return "/zones/" + controls.putZone(name, "{}").id();
    }

    /** An active zone that routes mail; its path. */
    String routedZone(String name) {
        return "/zones/" + controls.putZone(name, "{\"routing\": true}").id();
    }

    static String rule(String address, String action, String value) {
        return """
                {"name": "a rule", "enabled": true,
                 "matchers": [{"type": "literal", "field": "to", "value": "%s"}],
                 "actions": [{"type": "%s", "value": ["%s"]}]}""".formatted(address, action, value);
    }

    static String drop(String address) {
        return """
                {"matchers": [{"type": "literal", "field": "to", "value": "%s"}], "actions": [{"type": "drop"}]}""".formatted(address);
    }
}
