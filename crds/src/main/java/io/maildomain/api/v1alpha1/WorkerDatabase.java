package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * A D1 database that a Worker is bound to. It must exist: the operator never creates, empties, restores or deletes one.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerDatabase(
        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(value = Cel.IS_BINDING, message = Cel.BINDING_MESSAGE)
        @JsonPropertyDescription("What the script calls it: env.DB.")
        String binding,

        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(value = Cel.IS_DATABASE, message = Cel.DATABASE_MESSAGE)
        @JsonPropertyDescription(
                "The database's name. It must exist in the account, and the account must grant it: a Worker that is "
                        + "bound to it can read and write all of it.")
        String name,

        @JsonPropertyDescription("The migrations to apply before the script is deployed. Left out: none.")
        DatabaseMigrations migrations) {

    /** The migrations to apply, if any. */
    @JsonIgnore
    public Optional<DatabaseMigrations> wantedMigrations() {
        return Optional.ofNullable(migrations);
    }

    /** Whether both have migrations, and note them in the same table, where they are in the same account. SQLite's names have no case. */
    public boolean migratesAs(WorkerDatabase other) {
        return migrations != null
                && other.migrations != null
                && name.equals(other.name)
                && migrations.table().equalsIgnoreCase(other.migrations.table());
    }
}
