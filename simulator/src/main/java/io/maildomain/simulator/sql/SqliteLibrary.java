package io.maildomain.simulator.sql;

import org.sqlite.SQLiteJDBCLoader;

/** SQLite's native code: unpacked and loaded when it is first needed, which may not work on every machine. */
final class SqliteLibrary {

    private SqliteLibrary() {}

    /** @throws SqlFailure saying that SQL cannot be run on this machine, and why */
    static void load() throws SqlFailure {
        String problem = Loading.PROBLEM;
        if (!problem.isEmpty()) {
            throw SqlFailure.here(
                    "the simulator cannot load SQLite's library on this machine, so D1's SQL does not run: " + problem
                            + " (another folder to unpack it: -Dorg.sqlite.tmpdir=)");
        }
    }

    /** Tried once: the library's own second attempt ends elsewhere. */
    private static final class Loading {

        static final String PROBLEM = problem();

        private static String problem() {
            try {
                return SQLiteJDBCLoader.initialize() ? "" : "it says no more";
            } catch (Exception | Error e) {
                return e.getMessage() == null
                        ? e.toString()
                        : e.getMessage().lines().findFirst().orElse(e.toString());
            }
        }
    }
}
