package io.maildomain.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** On what it was measured, without a name or a path of it. */
record Machine(int processors, long memoryInMiB, double load, String java, String commit) {

    private static final long MIB = 1 << 20;

    static Machine here() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / MIB,
                system.getSystemLoadAverage(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("maildomain.commit", ""));
    }
}
