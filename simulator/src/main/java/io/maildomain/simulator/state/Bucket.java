package io.maildomain.simulator.state;

import java.time.Instant;

/** An R2 bucket; what lies in it is not held. */
public record Bucket(String name, String jurisdiction, String location, String storageClass, Instant creationDate) {

    /** Where a bucket lies unless a user says otherwise. */
    public static final String DEFAULT_JURISDICTION = "default";

    public Bucket {
        name = Required.text(name, "a bucket's name");
        jurisdiction = jurisdiction == null ? DEFAULT_JURISDICTION : jurisdiction;
        location = location == null ? "WEUR" : location;
        storageClass = storageClass == null ? "Standard" : storageClass;
    }

    /** The same bucket with a time where it has none. */
    public Bucket completed(Instant now) {
        return creationDate == null ? new Bucket(name, jurisdiction, location, storageClass, now) : this;
    }
}
