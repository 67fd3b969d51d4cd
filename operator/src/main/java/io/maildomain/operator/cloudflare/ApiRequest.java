package io.maildomain.operator.cloudflare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One call as it is to be sent. Method and route stand in {@link CloudflareCall} and nowhere else. The rest of a request
 * comes from Cloudflare or from a manifest and cannot change where the request goes: only what has the form of
 * Cloudflare's ids can stand in the path, and the value of a parameter is encoded.
 *
 * @param ids for the segments in braces of the route, in their order
 * @param body sent as JSON; null where the call has none
 */
record ApiRequest(
        CloudflareCall call,
        List<String> ids,
        List<Parameter> query,
        @Nullable Object body) {

    /** One parameter of the query, not encoded yet. */
    record Parameter(String name, String value) {}

    /** @throws IllegalArgumentException for what is no id, and where there are more or fewer ids than the route has */
    ApiRequest {
        ids.forEach(ApiRequest::id);
        ids = List.copyOf(ids);
        query = List.copyOf(query);
        long places = call.segments().stream().filter(ApiRequest::isPlace).count();
        if (places != ids.size()) {
            throw new IllegalArgumentException("%s takes %d ids, not %d".formatted(call, places, ids.size()));
        }
    }

    static ApiRequest to(CloudflareCall call, String... ids) {
        return new ApiRequest(call, Arrays.asList(ids), List.of(), null);
    }

    /** With one parameter more. */
    ApiRequest with(String name, String value) {
        List<Parameter> all = new ArrayList<>(query);
        all.add(new Parameter(name, value));
        return new ApiRequest(call, ids, all, body);
    }

    /** One page of a list, counted from 1. */
    ApiRequest page(int page) {
        return with("page", Integer.toString(page)).with("per_page", Integer.toString(Pages.PER_PAGE));
    }

    ApiRequest sending(Object json) {
        return new ApiRequest(call, ids, query, json);
    }

    /** The zone that it is about; "" where it is about no single one. */
    String zoneId() {
        return call.ofZone() ? ids.get(0) : "";
    }

    /** Where it goes, below this base URL. */
    HttpUrl url(HttpUrl base) {
        HttpUrl.Builder url = base.newBuilder();
        int next = 0;
        for (String segment : call.segments()) {
            url.addPathSegment(isPlace(segment) ? ids.get(next++) : segment);
        }
        query.forEach(parameter -> url.addQueryParameter(parameter.name(), parameter.value()));
        return url.build();
    }

    /** @throws IllegalArgumentException for what is none */
    static String id(String id) {
        if (!Translation.isId(id)) {
            throw new IllegalArgumentException("an id is 32 lower-case hexadecimal digits");
        }
        return id;
    }

    private static boolean isPlace(String segment) {
        return segment.startsWith("{");
    }
}
