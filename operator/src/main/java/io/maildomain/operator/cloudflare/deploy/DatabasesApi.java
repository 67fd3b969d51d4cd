package io.maildomain.operator.cloudflare.deploy;

import java.util.Optional;

/** D1 databases. None is ever created, emptied, restored or deleted. */
public interface DatabasesApi {
    /** The database of exactly this name. */
    Optional<Database> named(String name);

    /** Where Time Travel brings the database back to, should that be needed; empty where there is no such database. */
    Optional<String> bookmark(String databaseId);

    /**
     * Runs SQL, of one or several statements: all of it or nothing. Where the answer is lost, only a look at the database tells whether
     * it was run.
     */
    QueryAnswer query(String databaseId, String sql);
}
