/**
 * What the operator serves over HTTP, by a small server of its own that no client can keep waiting: liveness, readiness,
 * metrics, the meta document, and a page for people where it is wanted. Everything is read from suppliers at the time of the request.
 */
@NullMarked
package io.maildomain.operator.server.http;

import org.jspecify.annotations.NullMarked;
