package io.maildomain.simulator.faults;

import io.maildomain.simulator.api.Api;
import io.maildomain.simulator.api.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that are planted, in the order they were. */
public final class Faults {

    private final List<Planted> planted = new ArrayList<>();
    private int lastId;

    /**
     * Plants a fault; the answer is its id.
     *
     * @param api what does the work of the calls that it is for
     */
    public synchronized int add(FaultPlan plan, Api api) {
        planted.add(new Planted(++lastId, plan, api));
        return lastId;
    }

    /** Takes all of them away. */
    public synchronized void clear() {
        planted.clear();
    }

    /** Takes one of them away, and says whether it was there. */
    public synchronized boolean remove(int id) {
        return planted.removeIf(fault -> fault.id == id);
    }

    /** What is planted, and how often it was met. */
    public synchronized List<Seen> all() {
        return planted.stream()
                .map(fault -> new Seen(fault.id, fault.plan, fault.matched, fault.fired()))
                .toList();
    }

    /** The fault that this call meets, if it meets one; each fault counts the calls that match it. */
    public synchronized Optional<Met> meet(Request request, String tokenName) {
        Optional<Met> met = Optional.empty();
        for (Planted fault : planted) {
            if (met.isEmpty() && fault.isFor(request, tokenName) && fault.takesHold()) {
                met = Optional.of(new Met(fault.plan.fault(), fault.api));
            }
        }
        return met;
    }

    /**
     * A fault that a call meets.
     *
     * @param api what does the call's work, as far as the fault lets it
     */
    public record Met(Fault fault, Api api) {}

    /**
     * A fault and its counts.
     *
     * @param matched calls that it was for, those let through included
     * @param fired calls that failed of it
     */
    public record Seen(int id, FaultPlan plan, int matched, int fired) {}

    private static final class Planted {

        private final int id;
        private final FaultPlan plan;
        private final Api api;
        private final Predicate<Request> calls;
        private int matched;

        private Planted(int id, FaultPlan plan, Api api) {
            this.id = id;
            this.plan = plan;
            this.api = api;
            this.calls = plan.calls();
        }

        private boolean isFor(Request request, String tokenName) {
            return plan.isForToken(tokenName) && calls.test(request);
        }

        private boolean takesHold() {
            if (isUsedUp()) {
                return false;
            }
            matched++;
            return matched > plan.after();
        }

        private boolean isUsedUp() {
            return plan.times() > 0 && matched >= plan.after() + plan.times();
        }

        private int fired() {
            return Math.max(0, matched - plan.after());
        }
    }
}
