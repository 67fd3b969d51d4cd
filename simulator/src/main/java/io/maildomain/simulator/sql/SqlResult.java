package io.maildomain.simulator.sql;

import java.util.List;

/**
 * What a statement gave.
 *
 * @param rows values are null, Long, Double, String or byte[]
 * @param changes how many rows it wrote
 */
public record SqlResult(List<String> columns, List<List<Object>> rows, long changes, long lastRowId) {}
