/**
 * Secrets that are held until what needs their token is gone: our finalizer on them, put on and taken off by a sweep
 * ({@code docs/adr/0044-hold-the-secret-first.md}). Only the names that the installation lists.
 */
@NullMarked
package io.maildomain.operator.controller.secrets;

import org.jspecify.annotations.NullMarked;
