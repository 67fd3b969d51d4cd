package io.maildomain.simulator.quirks;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The readings that hold at the moment. */
public final class Quirks {

    private final Map<Quirk, String> changed = Collections.synchronizedMap(new EnumMap<>(Quirk.class));

    /** The reading of that quirk. */
    public String get(Quirk quirk) {
        return changed.getOrDefault(quirk, quirk.defaultValue());
    }

    /** Whether that reading holds. */
    public boolean is(Quirk quirk, String value) {
        return get(quirk).equals(value);
    }

    /**
     * Chooses a reading.
     *
     * @throws IllegalArgumentException naming what there is, when the quirk has no such reading
     */
    public void set(Quirk quirk, String value) {
        if (!quirk.readings().contains(value)) {
            throw new IllegalArgumentException("quirk " + quirk.label() + " is one of "
                    + String.join(", ", quirk.readings()) + ", not '" + value + "'");
        }
        if (value.equals(quirk.defaultValue())) {
            changed.remove(quirk);
        } else {
            changed.put(quirk, value);
        }
    }

    /**
     * Chooses a reading by the quirk's name.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such quirk or reading
     */
    public void set(String label, String value) {
        Quirk quirk = Quirk.find(label)
                .orElseThrow(() -> new IllegalArgumentException("no quirk is called '" + label + "'; there are "
                        + Arrays.stream(Quirk.values()).map(Quirk::label).collect(Collectors.joining(", "))));
        set(quirk, value);
    }

    /** Checks all of them, then chooses all of them; those not named go back to their defaults. */
    public void replaceBy(Map<String, String> wanted) {
        Quirks trial = new Quirks();
        wanted.forEach(trial::set);
        changed.clear();
        changed.putAll(trial.changed);
    }

    /** Every quirk with its reading. */
    public SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>();
        for (Quirk quirk : Quirk.values()) {
            all.put(quirk.label(), get(quirk));
        }
        return all;
    }

    /** Those that differ from their defaults. */
    public SortedMap<String, String> changed() {
        SortedMap<String, String> all = new TreeMap<>();
        changed.forEach((quirk, value) -> all.put(quirk.label(), value));
        return all;
    }
}
