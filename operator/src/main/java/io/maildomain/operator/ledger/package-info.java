/**
 * How our resources' statuses are read and written: live, the ledger under a field manager of its own and under the
 * resource version that was read, everything else only where it differs. The only writer of status.
 */
package io.maildomain.operator.ledger;
