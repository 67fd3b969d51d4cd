/**
 * The control plane: stands in for all who are not the API's client (the registrar, the owner of a mailbox, a
 * colleague in the dashboard, bad luck). In Java, and over HTTP under {@code /_simulator}.
 *
 * <p>Depends on {@code engine} and what that depends on.
 */
package io.maildomain.simulator.control;
