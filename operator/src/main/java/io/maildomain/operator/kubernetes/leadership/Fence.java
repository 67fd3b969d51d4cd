package io.maildomain.operator.kubernetes.leadership;

/**
 * Asked before each write to Cloudflare: would the write still fall into our own time as leader? A paused process, a slow API server or a stolen Lease must not lead to two writers.
 */
@FunctionalInterface
public interface Fence {

    /** False: write nothing; the process is about to end, or the Lease is about to be renewed. Cheap, never blocks. */
    boolean mayWrite();

    /** The fence of an operator without other replicas. */
    static Fence open() {
        return () -> true;
    }
}
