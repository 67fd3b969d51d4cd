package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE d1_migrations(\n\t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,\n\t\tname       TEXT UNIQUE,\n"
                        + "\t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL\n)",
                "CREATE TABLE \"t\" (\"name\" TEXT PRIMARY KEY)",
                "create table t(name varchar(255) not null unique, at)",
                "CREATE TABLE t(id INTEGER, name TEXT, UNIQUE (name))",
                "CREATE TABLE t(id INTEGER, Name TEXT, CONSTRAINT once UNIQUE ([name]))",
                "CREATE UNIQUE INDEX once ON t(name)",
            })
    void aTableWhoseNamesAreUniqueNotesEachOnce(String definition) {
        assertThat(MigrationsTable.notesOnce(List.of("CREATE TABLE t(id INTEGER, name TEXT)", definition)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE t(id INTEGER UNIQUE, name TEXT DEFAULT 'UNIQUE')",
                "CREATE TABLE t(id INTEGER, name TEXT, UNIQUE (id, name))",
                "CREATE TABLE t(id INTEGER, name TEXT, UNIQUE (id))",
                "CREATE TABLE t(name TEXT UNIQUE ON CONFLICT REPLACE)",
                "CREATE TABLE t(file TEXT UNIQUE)",
                "CREATE INDEX i ON t(name)",
                "CREATE UNIQUE INDEX i ON t(name) WHERE id > 1",
                "CREATE UNIQUE INDEX i ON t(name, id)",
                "CREATE VIEW name AS SELECT 1 AS name",
                "CREATE TABLE t",
                "CREATE TABLE t(name TEXT UNIQUE /*",
                "",
            })
    void whatDoesNotSayItKeepsANameOnceDoesNot(String definition) {
        assertThat(MigrationsTable.notesOnce(List.of(definition))).isFalse();
    }

    @Test
    void withoutAnyDefinitionNothingIsKept() {
        assertThat(MigrationsTable.notesOnce(List.of())).isFalse();
    }
}
