package io.maildomain.simulator.api;

import io.maildomain.simulator.quirks.Quirks;
import io.maildomain.simulator.state.Token;
import io.maildomain.simulator.state.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simulated API: takes a request through credentials, route and rights to its operation. One call at a time; the
 * caller holds the lock.
 */
public final class Api {

    /** Where the API lies. */
    public static final String BASE_PATH = "/client/v4";

    private static final Pattern BEARER = Pattern.compile("Bearer (" + Token.FORM + ")");

    private final World world;
    private final Quirks quirks;
    private final Throttle throttle;
    private final Router<Route> router = new Router<>();

    public Api(World world, Quirks quirks, Throttle throttle, List<Route> routes) {
        this.world = world;
        this.quirks = quirks;
        this.throttle = throttle;
        routes.forEach(route -> router.add(route.method(), route.template(), route));
    }

    /** Whether a path belongs to the API. */
    public static boolean covers(String path) {
        return path.equals(BASE_PATH) || path.startsWith(BASE_PATH + "/");
    }

    /** Looks at a request: whose it is, and where it goes. */
    public Reception receive(Request request) {
        List<String> segments = request.segments(Math.min(request.path().length(), BASE_PATH.length() + 1));
        Matcher bearer = BEARER.matcher(request.header("authorization").orElse(""));
        Optional<Token> token = bearer.matches() ? world.tokenOfValue(bearer.group(1)) : Optional.empty();
        Optional<Router.Path<Route>> path = router.find(segments);
        Optional<String> caller = token.map(Token::name).or(() -> path.flatMap(found -> found.served(request.method()))
                .flatMap(route -> route.guard().askedFor(request, world.now())));
        return new Reception(request, segments, token.orElse(null), caller.orElse(null), path.orElse(null));
    }

    /** Serves one request. */
    public Answer answer(Reception reception) {
        Answer answer;
        try {
            answer = dispatch(reception);
        } catch (Refusal refusal) {
            answer = Envelope.failure(refusal, reception.request().path().contains("/email/routing"));
        }
        answer = ShownNames.in(answer, quirks);
        return answer.with(throttle.headers(reception.token().map(Token::budget).orElse(Throttle.NOBODY)));
    }

    private Answer dispatch(Reception reception) {
        Request request = reception.request();
        Optional<Route> upload = reception
                .path()
                .flatMap(path -> path.served(request.method()))
                .filter(route -> route.guard().takesUploadTokens());
        if (upload.isPresent()) {
            return answerUpload(reception, upload.get());
        }
        checkCredentials(request);
        Optional<Token> token = reception.token();
        token.ifPresent(known -> throttle.spend(known.budget()));
        Router.Path<Route> path = reception.path().orElseThrow(() -> Refusals.noRoute(quirks, below(request)));
        if (request.method().equals("OPTIONS")) {
            return Answer.empty(204).with("Allow", String.join(", ", path.methods()));
        }
        Route route = path.served(request.method())
                .orElseThrow(() -> Refusals.methodNotAllowed(request.method(), path.methods()));
        if (!isVerification(route) && (token.isEmpty() || !token.get().isUsableAt(world.now()))) {
            throw Refusals.invalidToken();
        }
        Token bearer = token.orElseThrow(Refusals::invalidTokenToVerify);
        Call call = new Call(request, path.parameters(reception.segments()), bearer, world, quirks, world.now());
        route.guard().check(call);
        return route.operation().answer(call);
    }

    /** Of no user, so that it costs no budget. */
    private Answer answerUpload(Reception reception, Route route) {
        Map<String, String> parameters = reception
                .path()
                .map(path -> path.parameters(reception.segments()))
                .orElse(Map.of());
        Call call = new Call(reception.request(), parameters, null, world, quirks, world.now());
        route.guard().check(call);
        return route.operation().answer(call);
    }

    /** A token may always ask what it is worth. */
    private static boolean isVerification(Route route) {
        return route.template().endsWith("/tokens/verify");
    }

    private static void checkCredentials(Request request) {
        Optional<String> authorization = request.header("Authorization");
        if (authorization.isEmpty()) {
            throw request.header("X-Auth-Key").isPresent()
                            && request.header("X-Auth-Email").isPresent()
                    ? Refusals.unknownKey()
                    : Refusals.noCredentials();
        }
        if (!BEARER.matcher(authorization.get()).matches()) {
            throw Refusals.malformedAuthorization();
        }
    }

    private static String below(Request request) {
        return request.path().substring(BASE_PATH.length());
    }
}
