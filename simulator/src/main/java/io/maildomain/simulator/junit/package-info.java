/**
 * The simulator in tests of Java code: an extension for JUnit.
 *
 * <p>JUnit comes with the project that is tested, not with the simulator (docs/adr/0057). Nothing else of the simulator
 * depends on this package.
 */
package io.maildomain.simulator.junit;
