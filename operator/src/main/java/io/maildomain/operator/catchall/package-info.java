/**
 * The CatchAllRule: the only writer of a zone's catch-all. Decisions are pure (CatchAllDecision, Succession); reads the
 * MailDomain that it belongs to, and shares credentials, ledger and locks with it. domain knows nothing of it.
 */
package io.maildomain.operator.catchall;
