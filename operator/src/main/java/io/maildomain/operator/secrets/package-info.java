/**
 * Secrets as they are in the cluster right now: read and watched by name, each once, never listed beyond that name.
 * Knows Kubernetes and nothing of Cloudflare, tokens or our own kinds; keys and their meaning are the credentials package's business.
 * May be used by every package that needs a Secret; depends on none of ours.
 */
package io.maildomain.operator.secrets;
