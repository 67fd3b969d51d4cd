package io.maildomain.simulator.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A method and a path, who may call it, and what it does.
 *
 * @param template the path below the API's base, variable parts in braces as in the schema
 */
public record Route(String method, String template, Guard guard, Operation operation) {

    /** Collects the routes of one product. */
    public static final class Collector {

        private final List<Route> routes = new ArrayList<>();

        public Collector get(String template, Guard guard, Operation operation) {
            return add("GET", template, guard, operation);
        }

        public Collector post(String template, Guard guard, Operation operation) {
            return add("POST", template, guard, operation);
        }

        public Collector put(String template, Guard guard, Operation operation) {
            return add("PUT", template, guard, operation);
        }

        public Collector patch(String template, Guard guard, Operation operation) {
            return add("PATCH", template, guard, operation);
        }

        public Collector delete(String template, Guard guard, Operation operation) {
            return add("DELETE", template, guard, operation);
        }

        private Collector add(String method, String template, Guard guard, Operation operation) {
            routes.add(new Route(method, template, guard, operation));
            return this;
        }

        public List<Route> routes() {
            return List.copyOf(routes);
        }
    }
}
