/**
 * What an account's {@code spec.access} grants a namespace: domains, Workers, destinations, creating zones. Pure; account
 * builds grants, domain and catchall ask them. Nothing is granted that does not stand in the account.
 */
package io.maildomain.operator.access;
