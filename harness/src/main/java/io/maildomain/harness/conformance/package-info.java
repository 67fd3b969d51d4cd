/**
 * The operator for scripts that run Cloudflare's own clients beside it ({@code operator/src/conformance/wrangler}). Depends on no class of the
 * operator.
 */
package io.maildomain.harness.conformance;
