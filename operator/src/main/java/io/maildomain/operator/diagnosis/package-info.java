/**
 * The catalogue of failures: from HTTP status, Cloudflare code and call to a reason, a kind and a sentence. Pure; it
 * depends on the failures of cloudflare alone, and everybody who writes conditions or prints errors depends on it.
 */
package io.maildomain.operator.diagnosis;
