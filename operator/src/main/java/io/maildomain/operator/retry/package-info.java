/**
 * When a resource is looked at again: back-off for what failed or waits, drift checks for what is healthy. Pure decisions
 * plus a small memory of attempts; knows nothing of Cloudflare or Kubernetes.
 */
package io.maildomain.operator.retry;
