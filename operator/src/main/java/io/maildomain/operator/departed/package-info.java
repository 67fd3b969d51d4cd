/**
 * MailDomains that are gone while nothing is undone yet, as ConfigMaps in the operator's namespace: read as MailDomains that
 * are being deleted, so that claims, catch-alls, accounts and the undoing treat them like any other.
 */
package io.maildomain.operator.departed;
