package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** D1 databases. None is ever created, emptied, restored or deleted. */
public interface DatabasesApi {
    /** The database of exactly this name. */
    Optional<Database> named(String name);

    /** Where Time Travel brings the database back to, should that be needed; empty where there is no such database. */
    Optional<String> bookmark(String databaseId);

    /**
     * Runs SQL that only reads. It never gives fewer rows than there are: where the database refuses it, which is not because of the
     * SQL, that is an exception like any other failure.
     *
     * @return the rows, by the names of their columns
     */
    List<Map<String, @Nullable Object>> read(String databaseId, String sql);

    /**
     * Runs SQL, of one or several statements: all of it or nothing. Where the answer is lost, only a look at the database tells whether
     * it was run.
     */
    QueryAnswer query(String databaseId, String sql);
}
