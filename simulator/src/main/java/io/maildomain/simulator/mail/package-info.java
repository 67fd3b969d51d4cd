/**
 * What becomes of a mail: the rule that decides about it and the version of a Worker that gets it. Uses {@code state}; the page and the
 * control plane tell it.
 */
package io.maildomain.simulator.mail;
