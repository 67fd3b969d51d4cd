package io.maildomain.simulator.faults;

import io.maildomain.simulator.api.Request;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which calls a fault is for.
 *
 * @param method a regular expression that is the whole method, whatever its case; null: any
 * @param path a regular expression that is found in the call's path, query included; null: any
 * @param after how many matching calls are let through first
 * @param times how many calls fail then; 0: all of them, until the fault is taken away
 * @param token only calls with the token of this name in the control plane; null: any
 */
public record FaultPlan(String method, String path, int after, Integer times, String token, Fault fault) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    public FaultPlan {
        times = times == null ? 1 : times;
        if (fault == null) {
            throw new IllegalArgumentException("fault is required");
        }
        if (after < 0 || times < 0) {
            throw new IllegalArgumentException("after and times must not be negative");
        }
        compiled("path", path);
        Pattern methods = compiled("method", method);
        if (method != null
                && METHODS.stream().noneMatch(known -> methods.matcher(known).matches())) {
            throw new IllegalArgumentException(
                    "method '" + method + "' is none of " + String.join(", ", METHODS) + ", nor a pattern for some");
        }
    }

    private static Pattern compiled(String field, String expression) {
        try {
            return Pattern.compile(expression == null ? "" : expression, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(field + " is no regular expression: " + e.getDescription(), e);
        }
    }

    /** The next matching call fails. */
    public static FaultPlan next(String method, String path, Fault fault) {
        return new FaultPlan(method, path, 0, 1, null, fault);
    }

    public FaultPlan withAfter(int calls) {
        return new FaultPlan(method, path, calls, times, token, fault);
    }

    public FaultPlan withTimes(int calls) {
        return new FaultPlan(method, path, after, calls, token, fault);
    }

    /** Until the fault is taken away. */
    public FaultPlan always() {
        return withTimes(0);
    }

    public FaultPlan withToken(String tokenName) {
        return new FaultPlan(method, path, after, times, tokenName, fault);
    }

    /** Which calls it is for, with its patterns compiled. */
    Predicate<Request> calls() {
        Pattern methods = compiled("method", method == null ? ".*" : method);
        Pattern paths = Pattern.compile(path == null ? "" : path);
        return request -> methods.matcher(request.method()).matches()
                && (fault.page() == null || request.method().equals("GET"))
                && paths.matcher(request.target()).find();
    }

    boolean isForToken(String tokenName) {
        return token == null || token.equals(tokenName);
    }
}
