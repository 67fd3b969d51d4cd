package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.deploy.UploadPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One call as it is to be sent. Method and route stand in {@link CloudflareCall} and nowhere else. The rest of a request
 * comes from Cloudflare or from a manifest and cannot change where the request goes: only what has the form that the route asks for
 * can stand in the path, and the value of a parameter is encoded. Its text shows nothing but the call.
 *
 * @param ids for the segments in braces of the route, in their order
 * @param body sent as JSON, or as the form or body that it is; null where the call has none
 */
record ApiRequest(
        CloudflareCall call,
        List<String> ids,
        List<Parameter> query,
        @Nullable Object body,
        List<Parameter> headers,
        RequestSecrets secrets) {

    /** One parameter of the query, not encoded yet, or one header. */
    record Parameter(String name, String value) {}

    /**
     * @throws IllegalArgumentException for an id that has not the form which its place asks for, and where there are more or fewer than
     *     the route has places
     */
    ApiRequest {
        List<String> places =
                call.segments().stream().filter(ApiRequest::isPlace).toList();
        if (places.size() != ids.size()) {
            throw new IllegalArgumentException("%s takes %d ids, not %d".formatted(call, places.size(), ids.size()));
        }
        for (int i = 0; i < places.size(); i++) {
            PathPlace.of(places.get(i)).check(ids.get(i));
        }
        ids = List.copyOf(ids);
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    static ApiRequest to(CloudflareCall call, String... ids) {
        return new ApiRequest(call, Arrays.asList(ids), List.of(), null, List.of(), RequestSecrets.NONE);
    }

    /** With one parameter more. */
    ApiRequest with(String name, String value) {
        return new ApiRequest(call, ids, plus(query, name, value), body, headers, secrets);
    }

    /** With one header more. */
    ApiRequest withHeader(String name, String value) {
        return new ApiRequest(call, ids, query, body, plus(headers, name, value), secrets);
    }

    private static List<Parameter> plus(List<Parameter> some, String name, String value) {
        List<Parameter> all = new ArrayList<>(some);
        all.add(new Parameter(name, value));
        return all;
    }

    /** One page of a list, counted from 1. */
    ApiRequest page(int page) {
        return with("page", Integer.toString(page)).with("per_page", Integer.toString(Pages.PER_PAGE));
    }

    ApiRequest sending(Object json) {
        return new ApiRequest(call, ids, query, json, headers, secrets);
    }

    /** With a pass in the place of the token. */
    ApiRequest bearing(UploadPass pass) {
        return new ApiRequest(call, ids, query, body, headers, new RequestSecrets(pass, List.of()));
    }

    /** With texts in its body that must not come back in an answer. */
    ApiRequest hiding(List<String> texts) {
        return new ApiRequest(call, ids, query, body, headers, new RequestSecrets(null, texts));
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
        PathPlace.ID.check(id);
        return id;
    }

    private static boolean isPlace(String segment) {
        return segment.startsWith("{");
    }

    @Override
    public String toString() {
        return "ApiRequest[" + call + "]";
    }
}
