package io.maildomain.simulator.api;

import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.quirks.Quirks;
import java.util.List;
import java.util.Map;

/** The refusals that any operation may give; those of one product stand with that product. */
public final class Refusals {

    private static final String TROUBLESHOOTING = "https://developers.cloudflare.com/fundamentals/api/troubleshooting/";

    private Refusals() {}

    public static Refusal noCredentials() {
        return new Refusal(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
    }

    public static Refusal unknownKey() {
        return new Refusal(403, 9103, "Unknown X-Auth-Key or X-Auth-Email");
    }

    public static Refusal malformedAuthorization() {
        ErrorItem cause = new ErrorItem(6111, "Invalid format for Authorization header");
        return new Refusal(400, List.of(new ErrorItem(6003, "Invalid request headers", "", List.of(cause))), Map.of());
    }

    public static Refusal invalidToken() {
        return new Refusal(403, 9109, "Invalid access token");
    }

    public static Refusal invalidTokenToVerify() {
        return new Refusal(401, 1000, "Invalid API Token");
    }

    public static Refusal unauthorized() {
        return new Refusal(403, 9109, "Unauthorized to access requested resource");
    }

    /** The usual answer of Email Routing, DNS and Workers to a token that lacks a right or does not reach the thing. */
    public static Refusal authenticationError() {
        return new Refusal(
                403, List.of(new ErrorItem(10000, "Authentication error", TROUBLESHOOTING, List.of())), Map.of());
    }

    public static Refusal invalidZone() {
        return new Refusal(400, 9109, "Invalid zone identifier");
    }

    public static Refusal noRoute(Quirks quirks, String path) {
        return new Refusal(
                Integer.parseInt(quirks.get(Quirk.NO_ROUTE_STATUS)),
                List.of(
                        new ErrorItem(
                                7003, "Could not route to " + path + ", perhaps your object identifier is invalid?"),
                        new ErrorItem(7000, "No route for that URI")),
                Map.of());
    }

    public static Refusal methodNotAllowed(String method, List<String> allowed) {
        return new Refusal(
                405,
                List.of(new ErrorItem(7001, "Method " + method + " not available for that URI.")),
                Map.of("Allow", String.join(", ", allowed)));
    }

    public static Refusal malformedJson() {
        return new Refusal(400, 6007, "Malformed JSON in request body");
    }

    public static Refusal bodyTooLarge(int limit) {
        return new Refusal(413, 10413, "Request body is larger than " + limit + " bytes");
    }

    public static Refusal invalidParameter(String name, String expected) {
        return new Refusal(400, 1001, "Invalid query parameter " + name + ": expected " + expected);
    }

    /** Email Routing's answer to input that it does not take. */
    public static Refusal invalidInput(String why) {
        return new Refusal(422, 2007, "Invalid Input: " + why);
    }
}
