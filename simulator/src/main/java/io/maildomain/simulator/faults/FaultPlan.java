package io.maildomain.simulator.faults;

import io.maildomain.simulator.api.Request;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which calls a fault is for.
 *
 * @param method null: any
 * @param path a regular expression that is found in the call's path, query included; null: any
 * @param after how many matching calls are let through first
 * @param times how many calls fail then; 0: all of them, until the fault is taken away
 * @param token only calls with the token of this name in the control plane; null: any
 */
public record FaultPlan(String method, String path, int after, Integer times, String token, Fault fault) {

    public FaultPlan {
        times = times == null ? 1 : times;
        if (fault == null) {
            throw new IllegalArgumentException("fault is required");
        }
        if (after < 0 || times < 0) {
            throw new IllegalArgumentException("after and times must not be negative");
        }
        try {
            Pattern.compile(path == null ? "" : path);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("path is no regular expression: " + e.getDescription(), e);
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

    boolean matches(Request request, String tokenName, Pattern pattern) {
        return (method == null || method.equalsIgnoreCase(request.method()))
                && (token == null || token.equals(tokenName))
                && pattern.matcher(request.target()).find();
    }
}
