package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Worker sees under a name. Its text shows only name and type: others may hold a secret.
 *
 * @param type as Cloudflare calls it, such as {@code d1}, {@code r2_bucket}, {@code secret_text}
 * @param properties the rest of it, in Cloudflare's words: JSON as maps, lists, texts, numbers, booleans and null
 */
public record Binding(String name, String type, Map<String, @Nullable Object> properties) {
    private static final String SECRET_TEXT = "secret_text";
    private static final Set<String> SECRET = Set.of(SECRET_TEXT, "secret_key");
    /** Of a key: words that all keys have. */
    private static final Set<String> NO_SECRET = Set.of("format", "algorithm", "usages");

    /** @throws IllegalArgumentException where a property is not of JSON, or is called as name or type are */
    public Binding {
        properties = JsonValues.copy(properties);
        if (properties.containsKey("name") || properties.containsKey("type")) {
            throw new IllegalArgumentException("name and type are no properties of a binding");
        }
    }

    public static Binding plainText(String name, String text) {
        return new Binding(name, "plain_text", Map.of("text", text));
    }

    public static Binding secret(String name, String text) {
        return new Binding(name, SECRET_TEXT, Map.of("text", text));
    }

    public static Binding database(String name, String databaseId) {
        return new Binding(name, "d1", Map.of("id", databaseId));
    }

    /** @param jurisdiction {@code default} or "" for the usual one */
    public static Binding bucket(String name, String bucket, String jurisdiction) {
        Map<String, @Nullable Object> usual = Map.of("bucket_name", bucket);
        Map<String, @Nullable Object> elsewhere = Map.of("bucket_name", bucket, "jurisdiction", jurisdiction);
        return new Binding(name, "r2_bucket", Bucket.isUsual(jurisdiction) ? usual : elsewhere);
    }

    /** Whether its properties hold a secret. */
    public boolean isSecret() {
        return SECRET.contains(type);
    }

    /** The secret texts in it; none where it is no secret. */
    public List<String> secrets() {
        return properties.entrySet().stream()
                .filter(property -> isSecret() && !NO_SECRET.contains(property.getKey()))
                .flatMap(property -> JsonValues.texts(property.getValue()).stream())
                .toList();
    }

    @Override
    public String toString() {
        return "Binding[" + name + ", " + type + "]";
    }
}
