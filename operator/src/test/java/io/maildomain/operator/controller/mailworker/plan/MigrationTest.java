package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {

    private static Migration named(String name) {
        return new Migration(name, "SELECT 1;");
    }

    @Test
    void thoseThatAreNotAppliedComeInTheOrderOfTheirNumbers() {
        List<Migration> files =
                List.of(named("10_c.sql"), named("0002_b.sql"), named("2_a.sql"), named("0001_init.sql"));

        assertThat(Migration.pending(files, Set.of("0001_init.sql", "0000_gone.sql")))
                .extracting(Migration::name)
                .containsExactly("0002_b.sql", "2_a.sql", "10_c.sql");
    }

    @Test
    void aTimeIsANumberToo() {
        List<Migration> files = List.of(
                named("20260401123000_c.sql"),
                named("20260401122959_b.sql"),
                named("9_a.sql"),
                named("1" + "0".repeat(90) + ".sql"));

        assertThat(Migration.pending(files, Set.of()))
                .extracting(Migration::name)
                .startsWith("9_a.sql", "20260401122959_b.sql", "20260401123000_c.sql")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init.sql", "0001_init.txt", "_1.sql", "1-a.sql", "\u0661_a.sql", ""})
    void aFileWithoutANumberCannotBePutInOrder(String name) {
        assertThat(Migration.isNamed(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> named(name));
    }

    @Test
    void theQueryIsTheSqlAndItsNoteAsWranglerWritesThem() {
        assertThat(new Migration("0001_init.sql", "CREATE TABLE mails(id INTEGER);").query("d1_migrations"))
                .isEqualTo(
                        "CREATE TABLE mails(id INTEGER);\n\nINSERT INTO \"d1_migrations\" (name)\nvalues ('0001_init.sql');");
    }

    @Test
    void aSemicolonThatIsMissingIsAddedAndQuotesAreDoubled() {
        assertThat(new Migration("1_it's.sql", "SELECT 1 -- end").query("a\"b"))
                .isEqualTo("SELECT 1 -- end\n;\n\nINSERT INTO \"a\"\"b\" (name)\nvalues ('1_it''s.sql');");
    }
}
