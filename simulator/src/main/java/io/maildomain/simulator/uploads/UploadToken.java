package io.maildomain.simulator.uploads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.state.StateJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A JSON Web Token that opens uploads of one kind for an hour. It is valid as long as the simulator runs. */
public final class UploadToken {

    /** The claim that says which API token asked for it. */
    public static final String ASKED_BY = "asked_by";

    private static final Duration LIFE = Duration.ofHours(1);
    private static final String KIND = "kind";
    private static final String EXPIRES = "exp";
    private static final String HEADER =
            encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    private static final String BEARER = "Bearer ";
    private static final byte[] KEY = new byte[32];

    static {
        new SecureRandom().nextBytes(KEY);
    }

    private UploadToken() {}

    /** A token of that kind with those claims. */
    public static String signed(String kind, ObjectNode claims, Instant now) {
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put(EXPIRES, now.plus(LIFE).getEpochSecond())
                .put("iat", now.getEpochSecond())
                .put(KIND, kind);
        payload.setAll(claims);
        String content = HEADER + "." + encoded(payload.toString().getBytes(StandardCharsets.UTF_8));
        return content + "." + encoded(signature(content));
    }

    /** The claims of a token, if it is one of that kind and still valid. */
    public static Optional<JsonNode> read(String jwt, String kind, Instant now) {
        int end = jwt.lastIndexOf('.');
        int middle = jwt.indexOf('.');
        if (end <= middle || middle < 0) {
            return Optional.empty();
        }
        String content = jwt.substring(0, end);
        byte[] expected = encoded(signature(content)).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, jwt.substring(end + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(json(jwt.substring(middle + 1, end)))
                .filter(claims -> claims.path(KIND).asText().equals(kind))
                .filter(claims -> now.getEpochSecond() < claims.path(EXPIRES).asLong());
    }

    private static JsonNode json(String encoded) {
        try {
            return StateJson.MAPPER.readTree(Base64.getUrlDecoder().decode(encoded));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only our own content is signed with our key", e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    /** The claims of the token that a call bears; its guard has made sure that there is one. */
    public static JsonNode claims(Call call, String kind) {
        return bearer(call.request())
                .flatMap(jwt -> read(jwt, kind, call.now()))
                .orElseThrow(Refusals::authenticationError);
    }

    /** Callers with a token of that kind. */
    public static Guard guard(String kind) {
        return new Guard() {
            @Override
            public void check(Call call) {
                claims(call, kind);
            }

            @Override
            public boolean takesUploadTokens() {
                return true;
            }

            @Override
            public Optional<String> askedFor(Request request, Instant now) {
                return bearer(request)
                        .flatMap(jwt -> read(jwt, kind, now))
                        .map(claims -> claims.path(ASKED_BY).asText())
                        .filter(name -> !name.isEmpty());
            }
        };
    }

    private static Optional<String> bearer(Request request) {
        return request.header("authorization")
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private static byte[] signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
