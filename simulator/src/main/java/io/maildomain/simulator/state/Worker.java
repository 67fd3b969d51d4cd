package io.maildomain.simulator.state;

import java.time.Instant;

/** A Worker script, as far as Email Routing cares: it exists under a name. */
public record Worker(String name, String tag, Instant createdOn, Instant modifiedOn) {

    public Worker {
        name = Required.text(name, "a Worker's name");
        tag = tag == null ? Ids.next() : tag;
    }
}
