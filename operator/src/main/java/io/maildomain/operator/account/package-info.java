/**
 * CloudflareAccounts: which token and which grants a MailDomain gets from one, and what an account's status says. May use
 * cluster, secrets, credentials and access; domain and catchall ask it for credentials.
 */
package io.maildomain.operator.account;
