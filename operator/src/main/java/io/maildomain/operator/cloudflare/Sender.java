package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.maildomain.operator.limits.Admission;
import io.maildomain.operator.limits.Admission.Ticket;
import io.maildomain.operator.limits.Priority;
import io.maildomain.operator.limits.TokenLimits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/** Sends one call with one token: asks fence and limits, executes, and turns whatever comes back into a value or a failure. */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Cloudflare.class);

    private static final String MALFORMED = "MALFORMED";

    private final TokenLimits limits;
    private final TokenMemory memory;
    private final WriteFence fence;
    private final CallMetrics metrics;
    private final Clock clock;
    private final Refusals refusals;
    private final ClockSkew skew = new ClockSkew();

    Sender(
            TokenLimits limits,
            TokenMemory memory,
            WriteFence fence,
            CallMetrics metrics,
            Clock clock,
            JsonMapper json) {
        this.limits = limits;
        this.memory = memory;
        this.fence = fence;
        this.metrics = metrics;
        this.clock = clock;
        this.refusals = new Refusals(json, clock);
    }

    /** How far Cloudflare's clock was seen behind ours. */
    Duration clockSkew() {
        return skew.behind();
    }

    /** A zone was created just now, and this is when Cloudflare says that was. */
    Zone created(Zone zone) {
        skew.created(zone.createdOn(), clock.instant());
        return zone;
    }

    /** Sends it and translates the result; a result that is missing or cannot be translated is malformed. */
    <J, T> T ask(CloudflareCall call, Use use, Call<Envelope<J>> request, Function<J, T> translate) {
        return translated(call, () -> translate.apply(page(call, use, request).result()));
    }

    /** Sends it; what the result holds does not matter, nor whether there is any. */
    void tell(CloudflareCall call, Use use, Call<Envelope<JsonNode>> request) {
        send(call, use, request);
    }

    /** Sends it; there must be a result. */
    <J> Answer<J> page(CloudflareCall call, Use use, Call<Envelope<J>> request) {
        Answer<J> answer = send(call, use, request);
        if (answer.result() == null || (answer.result() instanceof JsonNode node && node.isNull())) {
            throw malformed(call, 200, "the answer has no result");
        }
        return answer;
    }

    /** Runs a translation of answers to this call. */
    static <T> T translated(CloudflareCall call, Supplier<T> translation) {
        try {
            return translation.get();
        } catch (BadAnswer e) {
            throw malformed(call, 200, e.getMessage());
        }
    }

    private <J> Answer<J> send(CloudflareCall call, Use use, Call<Envelope<J>> request) {
        if (call.writes() && !fence.mayWrite()) {
            throw failed(call, new Failure.Fenced("this process does not lead any more"));
        }
        Attempt<Envelope<J>> attempt = new Attempt<>(request);
        Ticket ticket = admitted(call, use);
        CallMetrics.Sample sample = metrics.start();
        boolean reported = false;
        try {
            Response<Envelope<J>> response = attempt.execute();
            Refusals.date(response.headers()).ifPresent(date -> skew.answered(date, clock.instant()));
            RateHeaders.report(response.headers(), limits);
            Answer<J> answer = read(call, zoneOf(call, request), response, ticket);
            reported = true;
            sample.stop(call, String.valueOf(response.code()));
            return answer;
        } catch (IOException e) {
            Failure failure = LostCalls.failure(call, e, attempt.progress());
            sample.stop(
                    call,
                    failure instanceof Failure.Unreachable lost ? lost.kind().name() : MALFORMED);
            throw failed(call, failure);
        } catch (CloudflareException e) {
            reported = true;
            sample.stop(call, e.refused().map(r -> String.valueOf(r.status())).orElse(MALFORMED));
            throw e;
        } finally {
            if (!reported) {
                limits.inconclusive(ticket, attempt.progress().status() != 0);
            }
        }
    }

    private Ticket admitted(CloudflareCall call, Use use) {
        Priority priority = call.writes() || use == Use.CHANGE ? Priority.CHANGE : Priority.CHECK;
        Admission admission = verifies(call) ? limits.admitPastGate(priority) : limits.admit(priority);
        if (admission instanceof Admission.Granted granted) {
            return granted.ticket();
        }
        Admission.Held held = (Admission.Held) admission;
        Failure.Postponed.Why why = Failure.Postponed.Why.valueOf(held.cause().name());
        metrics.postponed(why);
        throw failed(call, new Failure.Postponed(held.pause(), why, held.detail()));
    }

    private <J> Answer<J> read(CloudflareCall call, String zone, Response<Envelope<J>> response, Ticket ticket) {
        int status = response.code();
        if (status >= 400) {
            Failure.Refused refused = refusals.read(status, response.headers(), response.errorBody());
            report(call, zone, refused, ticket);
            throw failed(call, refused);
        }
        Envelope<J> envelope = response.body();
        boolean empty = status == 204 || status == 205;
        if (status >= 300 || (envelope == null && !empty) || (envelope != null && !envelope.isSuccess())) {
            report(call, ticket);
            throw malformed(call, status, complaint(status, envelope));
        }
        if (!verifies(call)) {
            limits.accepted();
            remember(call, zone, envelope);
        }
        Instant at = Refusals.date(response.headers()).orElseGet(clock::instant);
        LOG.debug("{} {}: HTTP {}", call.method(), call.route(), status);
        return envelope == null
                ? new Answer<>(null, MissingNode.getInstance(), at)
                : new Answer<>(
                        envelope.result(),
                        envelope.resultInfo() == null ? MissingNode.getInstance() : envelope.resultInfo(),
                        at);
    }

    private static String complaint(int status, Envelope<?> envelope) {
        if (status >= 300) {
            return "a redirect, which is not followed";
        }
        List<ApiError> errors =
                envelope == null || envelope.errors() == null ? List.of() : Refusals.errors(envelope.errors());
        return errors.isEmpty() ? "the answer does not say success" : "the answer says no success: " + errors.get(0);
    }

    /** The list of zones leaves out those that the token may not see: an empty one shows nothing of its rights. */
    private void remember(CloudflareCall call, String zone, Envelope<?> envelope) {
        boolean nothingSeen = call == CloudflareCall.LIST_ZONES
                && envelope != null
                && envelope.result() instanceof ArrayNode zones
                && zones.isEmpty();
        if (!nothingSeen) {
            memory.answered(call, zone);
        }
    }

    private static String zoneOf(CloudflareCall call, Call<?> request) {
        if (!call.ofZone()) {
            return "";
        }
        List<String> path = request.request().url().pathSegments();
        int zones = path.indexOf("zones");
        return zones >= 0 && zones + 1 < path.size() ? path.get(zones + 1) : "";
    }

    private void report(CloudflareCall call, String zone, Failure.Refused refused, Ticket ticket) {
        if (refused.status() == 429 || refused.hasCode(971) || refused.hasCode(10429)) {
            refused.retryAfter().ifPresentOrElse(limits::rateLimited, limits::rateLimited);
        }
        Verdict verdict = verifies(call) ? Verdict.UNKNOWN : Verdict.on(refused);
        if (!verifies(call)) {
            memory.refused(call, zone, refused, verdict);
        }
        if (verdict == Verdict.ACCEPTED) {
            limits.accepted();
        } else if (verdict == Verdict.UNKNOWN) {
            report(call, ticket);
        } else {
            limits.tokenRefused(ticket, Text.words(refused), verdict == Verdict.REFUSED_TOO_OFTEN);
        }
    }

    private void report(CloudflareCall call, Ticket ticket) {
        if (!verifies(call)) {
            limits.inconclusive(ticket, true);
        }
    }

    /** An account's token is refused by the verification for users' tokens, and the other way round. */
    private static boolean verifies(CloudflareCall call) {
        return call == CloudflareCall.VERIFY_TOKEN || call == CloudflareCall.VERIFY_ACCOUNT_TOKEN;
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
