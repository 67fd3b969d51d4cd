/**
 * Generates the CRD manifests and their reference pages from the Java types, and fails the build where what is checked
 * in differs. Only part of the build, never of a jar; nothing may depend on it.
 */
package io.maildomain.api.generator;
