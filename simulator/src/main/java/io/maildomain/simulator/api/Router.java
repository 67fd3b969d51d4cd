package io.maildomain.simulator.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is served under a method and a path. Literal segments win over variable ones.
 *
 * @param <T> what is served
 */
public final class Router<T> {

    private final Map<String, Path<T>> paths = new HashMap<>();
    private final Map<Integer, List<Path<T>>> bySize = new HashMap<>();

    /** Serves something under a method and a template such as {@code /zones/{zone_id}}. */
    public Router<T> add(String method, String template, T served) {
        Path<T> path = paths.get(template);
        if (path == null) {
            path = new Path<>(template, List.of(template.substring(1).split("/")), new HashMap<>());
            paths.put(template, path);
            List<Path<T>> sameSize = bySize.computeIfAbsent(path.segments().size(), n -> new ArrayList<>());
            sameSize.add(path);
            sameSize.sort(Comparator.comparingLong(Path::variables));
        }
        path.served().put(method, served);
        return this;
    }

    /** The path that the segments are on, if there is one. */
    public Optional<Path<T>> find(List<String> segments) {
        for (Path<T> path : bySize.getOrDefault(segments.size(), List.of())) {
            if (path.matches(segments)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /**
     * A path with what is served there.
     *
     * @param served by method
     */
    public record Path<T>(String template, List<String> segments, Map<String, T> served) {

        /** What a method gets; HEAD is answered as GET. */
        public Optional<T> served(String method) {
            return Optional.ofNullable(served.get(method.equals("HEAD") ? "GET" : method));
        }

        /** The methods that get something. */
        public List<String> methods() {
            return served.keySet().stream().sorted().toList();
        }

        /** The variable segments by name. */
        public Map<String, String> parameters(List<String> actual) {
            Map<String, String> parameters = new HashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                if (isVariable(segments.get(i))) {
                    String segment = segments.get(i);
                    parameters.put(segment.substring(1, segment.length() - 1), actual.get(i));
                }
            }
            return parameters;
        }

        private long variables() {
            return segments.stream().filter(Path::isVariable).count();
        }

        private boolean matches(List<String> actual) {
            for (int i = 0; i < segments.size(); i++) {
                if (!isVariable(segments.get(i)) && !segments.get(i).equals(actual.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }
    }
}
