package io.maildomain.faults;

import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.OperatorProcess.Launch;

/** The operator's jar as a process of its own. */
record JarOperator(OperatorProcess process) implements Operator {

    static JarOperator start(Launch launch) {
        return new JarOperator(OperatorProcess.start(launch));
    }

    @Override
    public boolean isReady() {
        return process.isReady();
    }

    @Override
    public void close() {
        process.terminate();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void dumpThreads() {
        process.dumpThreads();
    }
}
