/**
 * The operator's image without a container engine: a life in it on a real API server, the AOT cache that it is trained for, and
 * what it holds. Programs of {@code operator/src/conformance/image} and of a release. Depends on no class of the operator.
 */
package io.maildomain.harness.image;
