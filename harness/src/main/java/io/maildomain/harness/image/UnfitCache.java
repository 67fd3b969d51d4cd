package io.maildomain.harness.image;

/** A way in which an AOT cache does not fit the JVM that is to use it. */
enum UnfitCache {
    MISSING("is not there"),
    EMPTY("is empty"),
    CUT("is cut off"),
    OTHER_JAVA("is another Java's"),
    OTHER_OPTIONS("was made with other options");

    private final String words;

    UnfitCache(String words) {
        this.words = words;
    }

    /** After "an AOT cache that". */
    String words() {
        return words;
    }
}
