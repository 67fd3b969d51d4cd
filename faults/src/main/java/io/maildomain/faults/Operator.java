package io.maildomain.faults;

/** A running operator, wherever it runs. */
interface Operator extends AutoCloseable {

    /** Whether it has begun to look at everything. */
    boolean isReady();

    /** Ends it as SIGTERM does: what is under way is finished. */
    @Override
    void close();

    /** Ends it as SIGKILL does: in the middle of whatever it does. */
    void kill();

    /** Leaves in its log what it is doing, for people who look into why it does not do more. */
    default void dumpThreads() {}

    /** Starts operators, one after the other, for one place. */
    @FunctionalInterface
    interface Starter {

        /** Starts one; it may still be getting ready when this returns. */
        Operator start();
    }
}
