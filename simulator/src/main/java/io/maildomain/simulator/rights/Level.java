package io.maildomain.simulator.rights;

/** How much of a product a right opens. Edit implies Read. */
public enum Level {
    READ("Read", "Read"),
    EDIT("Edit", "Write");

    private final String label;
    private final String apiName;

    Level(String label, String apiName) {
        this.label = label;
        this.apiName = apiName;
    }

    /** The word of the dashboard: {@code Read} or {@code Edit}. */
    public String label() {
        return label;
    }

    /** The word of the permission group in the API: {@code Read} or {@code Write}. */
    public String apiName() {
        return apiName;
    }
}
