/**
 * The MailDomain: observe (snapshot), plan (pure functions), apply, and say in the status what came of it; undoing runs
 * the same way. catchall depends on nothing in here; here everything below (cloudflare, account, ledger, …) may be used.
 */
package io.maildomain.operator.domain;
