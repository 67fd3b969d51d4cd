package io.maildomain.simulator.state;

/**
 * Which requests of a zone a Worker gets.
 *
 * @param script empty: none, which takes them away from a wider route
 */
public record WorkerRoute(String id, String zoneId, String pattern, String script) {

    public WorkerRoute {
        id = id == null ? Ids.next() : id;
        zoneId = Required.text(zoneId, "a route's zone_id");
        pattern = Required.text(pattern, "a route's pattern");
        script = script == null ? "" : script;
    }
}
