package io.maildomain.faults;

/** One operator after the other, for one place or for several. */
final class Operators {

    private final Operator.Starter starter;
    private Operator running;
    private boolean ready;

    Operators(Operator.Starter starter) {
        this.starter = starter;
    }

    synchronized void start() {
        running = starter.start();
        ready = false;
    }

    /** It ends in good order, if it runs. */
    synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
            ready = false;
        }
    }

    /** It is killed where it stands. */
    synchronized void kill() {
        running.kill();
        running = null;
        ready = false;
    }

    synchronized void dumpThreads() {
        if (running != null) {
            running.dumpThreads();
        }
    }

    synchronized boolean isRunning() {
        return running != null;
    }

    /** Whether it has begun to look at everything. It is asked until it has, and not once more by each life that waits. */
    synchronized boolean isReady() {
        ready = ready || (running != null && running.isReady());
        return ready;
    }
}
