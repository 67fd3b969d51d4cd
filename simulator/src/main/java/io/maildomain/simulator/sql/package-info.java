/**
 * SQL as D1 takes it, run by SQLite in memory: taken apart into statements, held against what is refused, run all or
 * nothing.
 *
 * <p>The only package that knows SQLite. Depends on nothing else of the simulator.
 */
package io.maildomain.simulator.sql;
