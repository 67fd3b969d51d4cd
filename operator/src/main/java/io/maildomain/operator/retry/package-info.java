/**
 * When a resource is looked at again: back-off for what failed or waits, drift checks for what is healthy. Pure decisions
 * plus a small memory of attempts; knows nothing of Cloudflare, and of Kubernetes only that resources have names.
 */
package io.maildomain.operator.retry;
