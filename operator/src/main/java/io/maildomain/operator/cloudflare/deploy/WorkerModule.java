package io.maildomain.operator.cloudflare.deploy;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One file of a Worker. Its content is not copied: a Worker may be ten MiB large. Its text does not show the content.
 *
 * @param name as other modules import it; with slashes where it lies in a folder
 */
public record WorkerModule(String name, ModuleType type, byte[] content) {

    /** @throws IllegalArgumentException for a name that a form would not carry as it is, or that is the metadata's */
    public WorkerModule {
        if (!canBeCalled(name)) {
            throw new IllegalArgumentException("this cannot be the name of a module");
        }
    }

    /** Whether a form carries that name as it is, and no other part of the form has it. */
    public static boolean canBeCalled(String name) {
        return !name.isEmpty()
                && !name.equals("metadata")
                && name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7f);
    }

    /** A file of the type that goes with its name; empty where there is none. */
    public static Optional<WorkerModule> of(String name, byte[] content) {
        return ModuleType.ofName(name).map(type -> new WorkerModule(name, type, content));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkerModule module
                && name.equals(module.name)
                && type == module.type
                && Arrays.equals(content, module.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        return "WorkerModule[%s, %s, %d bytes]".formatted(name, type, content.length);
    }
}
