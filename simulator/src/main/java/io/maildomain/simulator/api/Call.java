package io.maildomain.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.quirks.Quirks;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.StateJson;
import io.maildomain.simulator.state.Token;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * One call of an operation: who calls it, with what, and on which world.
 *
 * @param token null where uploads are made with a token of their own
 * @param now the time at which all of it happens
 */
public record Call(
        Request request, Map<String, String> parameters, Token token, World world, Quirks quirks, Instant now) {

    /** A variable part of the path. */
    public String parameter(String name) {
        return parameters.get(name);
    }

    public Query query() {
        return request.query();
    }

    public boolean has(Quirk quirk, String reading) {
        return quirks.is(quirk, reading);
    }

    /** The zone of the path. The route's guard has made sure that there is one. */
    public Zone zone() {
        return world.zone(parameter(Guard.ZONE_ID)).orElseThrow(Refusals::invalidZone);
    }

    /** The account of the path. The route's guard has made sure that there is one. */
    public Account account() {
        return world.account(parameter(Guard.ACCOUNT_ID)).orElseThrow(Refusals::authenticationError);
    }

    /** The body, which must be a JSON object; no body is an empty one. */
    public ObjectNode object() {
        if (request.body().length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode body = StateJson.MAPPER.readTree(request.body());
            if (body instanceof ObjectNode object) {
                return object;
            }
            if (body == null || body.isNull() || body.isMissingNode()) {
                return JsonNodeFactory.instance.objectNode();
            }
        } catch (IOException e) {
            // said below
        }
        throw Refusals.malformedJson();
    }

    /** The body, which must be a JSON array. */
    public ArrayNode array() {
        try {
            if (StateJson.MAPPER.readTree(request.body()) instanceof ArrayNode array) {
                return array;
            }
        } catch (IOException e) {
            // said below
        }
        throw Refusals.malformedJson();
    }

    /** The refusal for an id that has not the form of one. */
    public Refusal noRoute() {
        return Refusals.noRoute(quirks, request.path().replaceFirst("^" + Api.BASE_PATH, ""));
    }
}
