package io.maildomain.simulator.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * SQL with what stands for its question marks.
 *
 * @param sql one statement or several
 * @param parameters null, Long, Double or String; only of one statement
 */
public record SqlQuery(String sql, List<Object> parameters) {

    public SqlQuery {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    public static SqlQuery of(String sql) {
        return new SqlQuery(sql, List.of());
    }
}
