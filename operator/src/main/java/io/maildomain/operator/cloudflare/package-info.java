/**
 * The client of Cloudflare's API: the calls that the operator makes, typed answers, typed failures, nothing else. It
 * knows tokens (credentials) and budgets (limits); it knows no Kubernetes and decides nothing about domains.
 */
package io.maildomain.operator.cloudflare;
