package io.maildomain.simulator.api;

/** What happens when a route is called by a user who may. */
@FunctionalInterface
public interface Operation {

    /**
     * Does it.
     *
     * @throws Refusal the answer where it cannot be done
     */
    Answer answer(Call call);
}
