/**
 * A stateful simulator of the part of Cloudflare's API that Email Routing needs: for tests, for demos, for trying
 * clients without an account.
 *
 * <p>In a test: {@code Simulator.start(SimulatorOptions.defaults())}. By hand: {@code java -jar
 * cloudflare-simulator.jar}. Shares no code with the operator.
 */
package io.maildomain.simulator;
