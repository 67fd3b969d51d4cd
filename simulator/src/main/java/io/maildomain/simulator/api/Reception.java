package io.maildomain.simulator.api;

import io.maildomain.simulator.state.Token;
import java.util.List;
import java.util.Optional;

/** A request, and what the API made out of it at first sight: who sends it, and which path it is on. */
public final class Reception {

    /** The route of a request that none fits. */
    public static final String NO_ROUTE = "(no route)";

    private final Request request;
    private final List<String> segments;
    private final Token token;
    private final String caller;
    private final Router.Path<Route> path;

    /**
     * A request as it was recognised.
     *
     * @param token null: none that exists
     * @param caller the name of the token on whose behalf the request comes; null: of none
     * @param path null: none that there is
     */
    Reception(Request request, List<String> segments, Token token, String caller, Router.Path<Route> path) {
        this.request = request;
        this.segments = segments;
        this.token = token;
        this.caller = caller;
        this.path = path;
    }

    public Request request() {
        return request;
    }

    /** The token that the request bears, if it is one that exists. */
    public Optional<Token> token() {
        return Optional.ofNullable(token);
    }

    /** The name of that token, or of the one that asked for the upload token which the request bears. */
    public Optional<String> caller() {
        return Optional.ofNullable(caller);
    }

    /** The template of the request's route, for counting. */
    public String template() {
        return path == null ? NO_ROUTE : path.template();
    }

    List<String> segments() {
        return segments;
    }

    Optional<Router.Path<Route>> path() {
        return Optional.ofNullable(path);
    }
}
