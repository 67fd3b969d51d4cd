package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * SQL files that bring a database to the state that a Worker needs, as wrangler names and notes them.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatabaseMigrations(
        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(value = Cel.IS_FOLDER, message = Cel.FOLDER_MESSAGE)
        @JsonPropertyDescription(
                "The folder of the source that holds the files *.sql, . for its top; they are applied in the order of their names.")
        String path,

        @Size(min = 1, max = 64)
        @ValidationRule(value = Cel.IS_TABLE, message = Cel.TABLE_MESSAGE)
        @JsonPropertyDescription(
                "The table in which applied migrations are noted; d1_migrations, which is wrangler's own, when left "
                        + "out.")
        String table,

        @JsonPropertyDescription(
                "What to do about a migration that takes something away, such as DROP, RENAME, DELETE or UPDATE without "
                        + "WHERE. Refuse, when left out: nothing is applied and nothing deployed. Allow: it is applied. SQL that the "
                        + "operator does not understand is refused in any case.")
        DestructiveMigrations destructive) {

    /** The table of wrangler. */
    public static final String WRANGLER_TABLE = "d1_migrations";

    /** Replaces what is absent by its default. */
    public DatabaseMigrations {
        table = table == null ? WRANGLER_TABLE : table;
        destructive = destructive == null ? DestructiveMigrations.Refuse : destructive;
    }

    /** Those of a folder, noted in wrangler's table; none of them may take something away. */
    public static DatabaseMigrations of(String path) {
        return new DatabaseMigrations(path, null, null);
    }
}
