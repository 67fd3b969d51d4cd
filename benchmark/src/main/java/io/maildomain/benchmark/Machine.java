package io.maildomain.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** On what it was measured, without a name or a path of it. */
record Machine(int processors, long memoryInMiB, double loadBefore, double loadAfter, String commit) {

    private static final long MIB = 1 << 20;

    /** @param loadBefore the load average before anything was started */
    static Machine here(double loadBefore) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / MIB,
                loadBefore,
                load(),
                System.getProperty("maildomain.commit", ""));
    }

    /** How many processes have wanted a processor in the last minute. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Whether something else wanted a processor before anything was started: times say less then. */
    boolean isShared() {
        return loadBefore > processors / 4.0;
    }
}
