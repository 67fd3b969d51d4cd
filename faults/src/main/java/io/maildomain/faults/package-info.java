/**
 * What may go wrong, done on purpose: every call of a clean run meets every fault, every call and write meets a kill, and
 * random histories mix them. Only tests use it; it drives the operator from outside and reads what Cloudflare holds.
 */
package io.maildomain.faults;
