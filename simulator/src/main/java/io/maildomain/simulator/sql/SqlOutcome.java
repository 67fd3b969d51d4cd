package io.maildomain.simulator.sql;

import java.util.List;

/**
 * What a query gave, and what the database holds after it.
 *
 * @param file the SQLite file; null where it holds what it held
 * @param size of the file in bytes
 */
public record SqlOutcome(List<SqlResult> results, byte[] file, long size, int tables) {}
