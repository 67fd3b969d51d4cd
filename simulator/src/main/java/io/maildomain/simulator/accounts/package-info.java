/**
 * Accounts and the user behind a token, as far as clients ask for them.
 *
 * <p>Depends on {@code api} and {@code state}.
 */
package io.maildomain.simulator.accounts;
