package io.maildomain.operator.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * fabric8's mock of an API server, with which all of the operator can be run: it says which kinds of ours it has, knows no others, and takes our JSON patches. It does not know the
 * server-side apply with which the SDK puts a finalizer on, nor defaults, schemas and RBAC: those are for integration tests.
 */
final class MockApiServer implements AutoCloseable {

    private static final String OURS = "/apis/maildomain.io/v1alpha1";

    private final List<CustomResourceDefinitionContext> kinds = new CopyOnWriteArrayList<>();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Patching(), false);

    MockApiServer() {
        server.init();
    }

    /** From now on it has this kind. */
    void install(Class<? extends CustomResource<?, ?>> kind) {
        CustomResourceDefinitionContext context = CustomResourceDefinitionContext.fromCustomResourceType(kind);
        kinds.add(context);
        server.expectCustomResource(context);
    }

    KubernetesClient client(KubernetesSerialization reading) {
        return server.createClient(builder -> builder.withKubernetesSerialization(reading));
    }

    @Override
    public void close() {
        server.destroy();
    }

    private final class Patching extends KubernetesCrudDispatcher {

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (request.getMethod().equals("GET") && request.getPath().equals(OURS)) {
                return answer(200, discovery());
            }
            return isOfAKindThatIsNotThere(request.getPath())
                    ? answer(
                            404,
                            new StatusBuilder()
                                    .withCode(404)
                                    .withReason("NotFound")
                                    .build())
                    : super.dispatch(request);
        }

        /** The mock would answer as if it had the kind, and nothing of it. */
        private boolean isOfAKindThatIsNotThere(String path) {
            List<String> parts = List.of(path.split("[/?]"));
            return path.startsWith(OURS + "/") && kinds.stream().noneMatch(kind -> parts.contains(kind.getPlural()));
        }

        private Object discovery() {
            APIResourceListBuilder found = new APIResourceListBuilder().withGroupVersion("maildomain.io/v1alpha1");
            kinds.forEach(kind -> found.addNewResource()
                    .withName(kind.getPlural())
                    .withKind(kind.getKind())
                    .withNamespaced(kind.isNamespaceScoped())
                    .endResource());
            return found.build();
        }

        /** The mock makes what a path leads to before it tests whether it is there: such tests are left out. */
        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            JsonNode patch = Serialization.unmarshal(request.getUtf8Body(), JsonNode.class);
            if (patch instanceof ArrayNode steps) {
                Iterator<JsonNode> each = steps.elements();
                while (each.hasNext()) {
                    JsonNode step = each.next();
                    if (step.path("op").asText().equals("test")
                            && step.path("value").isNull()) {
                        each.remove();
                    }
                }
            }
            try {
                return super.handlePatch(new RecordedRequest(
                        request.getHttpVersion(),
                        request.method(),
                        request.getPath(),
                        request.getHeaders(),
                        new Buffer(patch.toString().getBytes(StandardCharsets.UTF_8))));
            } catch (JsonPatchException outrun) {
                return answer(
                        422,
                        new StatusBuilder().withCode(422).withMessage("outrun").build());
            }
        }

        private MockResponse answer(int code, Object body) {
            return new MockResponse().setResponseCode(code).setBody(Serialization.asJson(body));
        }
    }
}
