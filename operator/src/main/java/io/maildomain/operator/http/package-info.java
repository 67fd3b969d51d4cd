/**
 * What the operator serves over HTTP, by a small server of its own that nobody can keep waiting: liveness, readiness, metrics, and the meta document.
 * Everything is read from suppliers at the time of the request; nothing here knows what stands behind them.
 * Used by main alone; depends on none of ours.
 */
package io.maildomain.operator.http;
