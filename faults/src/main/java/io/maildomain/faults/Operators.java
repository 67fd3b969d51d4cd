package io.maildomain.faults;

/** One operator after the other, for one place or for several. */
final class Operators {

    private final Operator.Starter starter;
    private Operator running;

    Operators(Operator.Starter starter) {
        this.starter = starter;
    }

    synchronized void start() {
        running = starter.start();
    }

    /** It ends in good order, if it runs. */
    synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** It is killed where it stands. */
    synchronized void kill() {
        running.kill();
        running = null;
    }

    synchronized void dumpThreads() {
        if (running != null) {
            running.dumpThreads();
        }
    }

    synchronized boolean isRunning() {
        return running != null;
    }

    /** Whether it has begun to look at everything. */
    synchronized boolean isReady() {
        return running != null && running.isReady();
    }
}
