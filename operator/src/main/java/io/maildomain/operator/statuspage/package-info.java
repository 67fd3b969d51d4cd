/**
 * The status page: what is in the caches, read when a page is asked for. Nothing is kept, nothing is written, and neither Cloudflare nor the API
 * server is asked.
 */
@NullMarked
package io.maildomain.operator.statuspage;

import org.jspecify.annotations.NullMarked;
