package io.maildomain.simulator.rights;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One right of a token, written as the dashboard does: {@code Zone: Zone Settings: Edit}. */
public record Right(Product product, Level level) {

    /** Ids of permission groups that were seen on the live API. */
    private static final Map<String, String> KNOWN_IDS = Map.of(
            "Email Routing Addresses Write", "e4589eb09e63436686cd64252a3aebeb",
            "Email Routing Rules Write", "79b3ec0d10ce4148a8f8bdc0cc5f97f2",
            "Email Routing Rules Read", "1b600d9d8062443e986a973f097e728a",
            "Zone Settings Write", "3030687196b94b638145a3953da2b699",
            "Zone Settings Read", "517b21aee92c4d89936c976ba6e4be55",
            "Zone Read", "c8fed203ed3043cba015a93ad1616f1f",
            "Zone Write", "e6d2666161e84845a636613608cee8d5",
            "DNS Write", "4755a26eedb94da69e1066d98aa820be",
            "DNS Read", "82e64a83756745bbbb1c9c2701bf816b",
            "Email Routing Suppressions Write", "b714141b1e1941cebb38c017036262a6");

    /** The right to change (and read) a product's objects. */
    public static Right edit(Product product) {
        return new Right(product, Level.EDIT);
    }

    /** The right to read a product's objects. */
    public static Right read(Product product) {
        return new Right(product, Level.READ);
    }

    /** Every right there is, Edit only: what the start token holds. */
    public static List<Right> everything() {
        List<Right> all = new ArrayList<>();
        for (Product product : Product.values()) {
            all.add(edit(product));
        }
        return List.copyOf(all);
    }

    /** Every right that has a name, Read and Edit. */
    public static List<Right> known() {
        List<Right> all = new ArrayList<>();
        for (Product product : Product.values()) {
            all.add(read(product));
            all.add(edit(product));
        }
        return List.copyOf(all);
    }

    /**
     * The right of this name, e.g. {@code Zone: DNS: Read}; case and blanks do not matter.
     *
     * @throws IllegalArgumentException naming the right that is not known
     */
    @JsonCreator
    public static Right of(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no right is called '" + name
                        + "'; write it as the dashboard does, e.g. 'Zone: Zone Settings: Edit'"));
    }

    private static Optional<Right> find(String name) {
        String wanted = normal(name);
        return known().stream()
                .filter(right -> normal(right.label()).equals(wanted))
                .findFirst();
    }

    private static String normal(String name) {
        return String.valueOf(name).replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    /** Whether this right opens what the other one does. */
    public boolean implies(Right other) {
        return product == other.product && (level == Level.EDIT || other.level == Level.READ);
    }

    /** The dashboard's name: {@code Zone: Zone Settings: Edit}. */
    @JsonValue
    public String label() {
        return product.scope().label() + ": " + product.label() + ": " + level.label();
    }

    /** The permission group's name in the API: {@code Zone Settings Write}. */
    public String groupName() {
        return product.label() + " " + level.apiName();
    }

    /** The permission group's id: the live one where it is known, else one made of the name. */
    public String groupId() {
        String known = KNOWN_IDS.get(groupName());
        return known != null
                ? known
                : UUID.nameUUIDFromBytes(groupName().getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
