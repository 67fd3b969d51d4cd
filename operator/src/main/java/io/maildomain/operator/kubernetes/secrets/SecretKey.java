package io.maildomain.operator.kubernetes.secrets;

import java.util.Objects;

/** Where a Secret lies. Compared by value; prints as {@code namespace/name}. */
public record SecretKey(String namespace, String name) implements Comparable<SecretKey> {

    /** @throws IllegalArgumentException if either part is blank */
    public SecretKey {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        if (namespace.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("a Secret needs a namespace and a name");
        }
    }

    @Override
    public int compareTo(SecretKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
