/**
 * Tokens and account ids from the data of a Secret: which key wins, and why a value is refused. Pure functions; no
 * Kubernetes, no HTTP. Everybody may depend on it; it depends on nothing of ours.
 */
package io.maildomain.operator.credentials;
