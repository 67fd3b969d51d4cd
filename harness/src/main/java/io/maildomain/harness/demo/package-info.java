/**
 * The demo: the whole product on one machine, from {@code kubectl apply} to Ready and gone again, without an account
 * anywhere. Uses the harness and nothing of the operator but its jar; the API's types are read as plain resources, as any
 * other client would.
 */
package io.maildomain.harness.demo;
