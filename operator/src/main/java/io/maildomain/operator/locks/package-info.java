/**
 * One zone is worked on by one reconcile at a time, whichever controller it belongs to. Knows nothing but names; every
 * reconciler that talks to Cloudflare takes a lock first.
 */
package io.maildomain.operator.locks;
