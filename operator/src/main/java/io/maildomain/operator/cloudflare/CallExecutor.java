package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.maildomain.operator.cloudflare.ratelimit.Allowance;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Ticket;
import io.maildomain.operator.cloudflare.ratelimit.TokenLimits;
import io.maildomain.operator.metrics.Label;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one call with one token: asks fence and limits, executes, and turns whatever comes back into a value or a failure. */
final class CallExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(Cloudflare.class);

    private static final String MALFORMED = "malformed";

    private static final Set<CloudflareError> TOO_MANY_REQUESTS =
            Set.of(CloudflareError.THROTTLED, CloudflareError.RATE_LIMITED);

    private final TokenTransport transport;
    private final TokenLimits limits;
    private final TokenMemory memory;
    private final BooleanSupplier mayWrite;
    private final CallMetrics metrics;
    private final Clock clock;
    private final ErrorResponseReader refusals;
    private final ClockSkew skew;
    private final Allowance allowance;

    CallExecutor(
            TokenTransport transport,
            TokenLimits limits,
            TokenMemory memory,
            BooleanSupplier mayWrite,
            CallMetrics metrics,
            Clock clock) {
        this(transport, limits, memory, mayWrite, metrics, clock, new ClockSkew(), Allowance.none());
    }

    private CallExecutor(
            TokenTransport transport,
            TokenLimits limits,
            TokenMemory memory,
            BooleanSupplier mayWrite,
            CallMetrics metrics,
            Clock clock,
            ClockSkew skew,
            Allowance allowance) {
        this.transport = transport;
        this.limits = limits;
        this.memory = memory;
        this.mayWrite = mayWrite;
        this.metrics = metrics;
        this.clock = clock;
        this.refusals = new ErrorResponseReader(transport.json(), clock);
        this.skew = skew;
        this.allowance = allowance;
    }

    /** The same, whose calls are those of one turn. */
    CallExecutor drawingOn(Allowance ofTurn) {
        return new CallExecutor(transport, limits, memory, mayWrite, metrics, clock, skew, ofTurn);
    }

    /** For parts of a body that are JSON. */
    JsonMapper json() {
        return transport.json();
    }

    /** How far Cloudflare's clock was seen behind ours. */
    Duration clockSkew() {
        return skew.behind();
    }

    /** Cloudflare was asked about the token itself, at an account's address or the user's. */
    TokenVerification verified(TokenVerification answer, boolean byAccount) {
        memory.verified(answer, byAccount);
        return answer;
    }

    private TokenStanding standing() {
        return memory.standing().at(clock.instant());
    }

    /** A zone was created just now, and this is when Cloudflare says that was. */
    Zone created(Zone zone) {
        skew.created(zone.createdOn(), clock.instant());
        return zone;
    }

    /** Sends it and translates the result; a result that is missing or cannot be translated is malformed. */
    <T> T ask(ApiRequest request, Function<JsonNode, T> translate) {
        return translated(request.call(), () -> translate.apply(page(request).result()));
    }

    /** Sends it; whatever the result holds is good, and so is none, which is a missing node. */
    JsonNode tell(ApiRequest request) {
        return send(request).result();
    }

    /** Sends it; there must be a result. */
    ApiResponse<JsonNode> page(ApiRequest request) {
        ApiResponse<JsonNode> answer = send(request);
        if (answer.result().isMissingNode() || answer.result().isNull()) {
            throw malformed(request.call(), 200, "the answer has no result");
        }
        return answer;
    }

    /** Runs a translation of answers to this call. */
    static <T> T translated(CloudflareCall call, Supplier<T> translation) {
        try {
            return translation.get();
        } catch (BadAnswer e) {
            throw malformed(call, 200, Text.orEmpty(e.getMessage()));
        }
    }

    private ApiResponse<JsonNode> send(ApiRequest request) {
        CloudflareCall call = request.call();
        if (call.writes() && !mayWrite.getAsBoolean()) {
            throw failed(call, Failure.Fenced.NOT_LEADING);
        }
        Attempt attempt = transport.attempt(request, mayWrite);
        Ticket ticket = admitted(call);
        CallMetrics.Sample sample = metrics.start();
        boolean reported = false;
        try {
            HttpReply reply = attempt.execute();
            Envelope envelope = transport.envelope(call, reply);
            ErrorResponseReader.date(reply.headers()).ifPresent(date -> skew.answered(date, clock.instant()));
            if (!call.bearsPass()) {
                RateHeaders.report(reply.headers(), limits);
            }
            ApiResponse<JsonNode> answer = read(request, reply, envelope, ticket);
            reported = true;
            sample.stop(call, reply.status());
            return answer;
        } catch (IOException e) {
            Failure failure = TransportFailures.failure(call, e, attempt.progress());
            if (!(failure instanceof Failure.Fenced)) {
                sample.stop(call, failure instanceof Failure.Unreachable lost ? Label.of(lost.kind()) : MALFORMED);
            }
            throw failed(call, failure);
        } catch (CloudflareException e) {
            reported = true;
            Optional<Failure.Refused> refused = e.refused();
            refused.ifPresentOrElse(answer -> sample.stop(call, answer), () -> sample.stop(call, MALFORMED));
            throw e;
        } finally {
            if (!reported) {
                limits.inconclusive(ticket, attempt.progress().status() != 0);
            }
        }
    }

    private Ticket admitted(CloudflareCall call) {
        Permit permit = isPastBreaker(call) ? limits.admitPastBreaker(allowance) : limits.admit(allowance);
        if (permit instanceof Permit.Granted granted) {
            return granted.ticket();
        }
        Permit.Held held = (Permit.Held) permit;
        metrics.postponed(held.cause());
        throw failed(call, new Failure.Postponed(held.pause(), held.cause(), held.detail()))
                .with(standing());
    }

    private ApiResponse<JsonNode> read(
            ApiRequest request, HttpReply reply, @Nullable Envelope envelopeOrNull, Ticket ticket) {
        CloudflareCall call = request.call();
        if (reply.isRefusal()) {
            Failure.Refused refused = refusals.read(reply);
            report(request, refused, ticket);
            throw failed(call, refused).with(standing());
        }
        boolean success = envelopeOrNull == null ? reply.isEmpty(call) : envelopeOrNull.isSuccess();
        if (!success) {
            conclude(call, ticket);
            throw malformed(call, reply.status(), complaint(reply, envelopeOrNull));
        }
        if (!isPastBreaker(call)) {
            limits.accepted();
            remember(request, envelopeOrNull);
        }
        Instant at = ErrorResponseReader.date(reply.headers()).orElseGet(clock::instant);
        LOG.debug("{} {}: HTTP {}", call.method(), call.route(), reply.status());
        JsonNode result = envelopeOrNull == null ? null : envelopeOrNull.result();
        JsonNode info = envelopeOrNull == null ? null : envelopeOrNull.resultInfo();
        return new ApiResponse<>(
                orMissing(result), orMissing(info), at, reply.body().length());
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }

    private static String complaint(HttpReply reply, @Nullable Envelope envelopeOrNull) {
        if (reply.isRedirect()) {
            return "a redirect, which is not followed";
        }
        List<ApiError> errors = envelopeOrNull == null || envelopeOrNull.errors() == null
                ? List.of()
                : ErrorResponseReader.errors(envelopeOrNull.errors());
        return errors.isEmpty() ? "the answer does not say success" : "the answer says no success: " + errors.get(0);
    }

    /** The list of zones leaves out those that the token may not see: an empty one shows nothing of its rights. */
    private void remember(ApiRequest request, @Nullable Envelope envelopeOrNull) {
        boolean nothingSeen = request.call() == CloudflareCall.LIST_ZONES
                && envelopeOrNull != null
                && envelopeOrNull.result() instanceof ArrayNode zones
                && zones.isEmpty();
        if (!nothingSeen) {
            memory.answered(request.call(), request.zoneId());
        }
    }

    private void report(ApiRequest request, Failure.Refused refused, Ticket ticket) {
        CloudflareCall call = request.call();
        if (!call.bearsPass() && (refused.status() == 429 || refused.hasAny(TOO_MANY_REQUESTS))) {
            refused.retryAfter().ifPresentOrElse(limits::rateLimited, limits::rateLimited);
        }
        TokenOutcome outcome = isPastBreaker(call) ? TokenOutcome.UNKNOWN : TokenOutcome.on(refused);
        if (!isPastBreaker(call)) {
            memory.refused(call, request.zoneId(), refused, outcome);
        }
        if (outcome == TokenOutcome.ACCEPTED) {
            limits.accepted();
        } else if (outcome == TokenOutcome.UNKNOWN) {
            conclude(call, ticket);
        } else {
            limits.tokenRefused(ticket, Text.words(refused), outcome == TokenOutcome.REFUSED_TOO_OFTEN);
        }
    }

    /** The call is over and shows nothing of the token. */
    private void conclude(CloudflareCall call, Ticket ticket) {
        if (!isPastBreaker(call)) {
            limits.inconclusive(ticket, true);
        }
    }

    /**
     * Whether its answer shows nothing of the token: it neither waits for one that is refused nor probes for it. A pass is what Cloudflare
     * looks at in its place; and an account's token is refused by the verification for users' tokens, and the other way round.
     */
    private static boolean isPastBreaker(CloudflareCall call) {
        return call.bearsPass() || call == CloudflareCall.VERIFY_TOKEN || call == CloudflareCall.VERIFY_ACCOUNT_TOKEN;
    }

    private static CloudflareException malformed(CloudflareCall call, int status, String detail) {
        return failed(call, new Failure.Malformed(status, detail, call.writes()));
    }

    private static CloudflareException failed(CloudflareCall call, Failure failure) {
        CloudflareException exception = new CloudflareException(call, failure);
        LOG.debug("{}", exception.getMessage());
        return exception;
    }
}
