package io.maildomain.operator.kubernetes.informers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How much of our kinds and of namespaces is read from the API server. The rest is skipped while it is parsed and never
 * built: a user who may create a MailDomain decides how much that is, and all of it would lie in our memory at once.
 *
 * <p>Metadata is reduced to what identifies an object, says how far it has come, and is meant for this operator. The
 * labels of a namespace are kept, because grants select by them; of its annotations nothing is.
 */
public final class Pruning {

    /** Annotations and finalizers of this operator start with it. */
    public static final String OURS = "maildomain.io/";

    /** There are fewer than ten; a user who writes more of them, or longer ones, means no operator. */
    private static final int MOST_OF_OURS = 16;

    private static final int LONGEST_OF_OURS = 512;

    private Pruning() {}

    /** Objects with all of their spec and status. */
    public static ObjectMapper whole(ObjectMapper mapper) {
        return mapper.addMixIn(CustomResource.class, Whole.class).addMixIn(Namespace.class, Labelled.class);
    }

    /** Objects without spec and status: for callers that only have to know that there is something to look at. */
    public static ObjectMapper outline(ObjectMapper mapper) {
        return mapper.addMixIn(CustomResource.class, Outline.class).addMixIn(Namespace.class, Labelled.class);
    }

    private interface Whole {

        @JsonDeserialize(using = OurMetadata.class)
        void setMetadata(ObjectMeta metadata);
    }

    @JsonIgnoreProperties(
            value = {"spec", "status"},
            allowGetters = true)
    private interface Outline extends Whole {}

    private interface Labelled {

        @JsonDeserialize(using = LabelledMetadata.class)
        void setMetadata(ObjectMeta metadata);
    }

    /** Without any label. */
    static final class OurMetadata extends JsonDeserializer<ObjectMeta> {

        @Override
        public ObjectMeta deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return metadata(parser, context, false);
        }
    }

    /** With all labels. */
    static final class LabelledMetadata extends JsonDeserializer<ObjectMeta> {

        @Override
        public ObjectMeta deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return metadata(parser, context, true);
        }
    }

    private static ObjectMeta metadata(JsonParser parser, DeserializationContext context, boolean withLabels)
            throws IOException {
        ObjectMeta kept = new ObjectMeta();
        if (!parser.isExpectedStartObjectToken()) {
            return (ObjectMeta) context.handleUnexpectedToken(ObjectMeta.class, parser);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> kept.setName(text(parser, context));
                case "namespace" -> kept.setNamespace(shared(text(parser, context)));
                case "uid" -> kept.setUid(text(parser, context));
                case "resourceVersion" -> kept.setResourceVersion(text(parser, context));
                case "generation" -> kept.setGeneration(context.readValue(parser, Long.class));
                case "creationTimestamp" -> kept.setCreationTimestamp(text(parser, context));
                case "deletionTimestamp" -> kept.setDeletionTimestamp(text(parser, context));
                case "finalizers" -> kept.setFinalizers(ours(parser, context));
                case "annotations" -> kept.setAnnotations(cut(entries(parser, context, Pruning::isOurs)));
                case "labels" -> kept.setLabels(entries(parser, context, name -> withLabels));
                default -> parser.skipChildren();
            }
        }
        return kept;
    }

    private static String text(JsonParser parser, DeserializationContext context) throws IOException {
        return context.readValue(parser, String.class);
    }

    /** One copy of what thousands of objects say alike. */
    private static @Nullable String shared(@Nullable String text) {
        return text == null ? null : text.intern();
    }

    private static boolean isOurs(String name) {
        return name != null && name.startsWith(OURS) && name.length() <= LONGEST_OF_OURS;
    }

    /** A user who may annotate decides how much that is: our prefix is no licence to fill our memory. */
    private static Map<String, String> cut(Map<String, String> ours) {
        Map<String, String> kept = new LinkedHashMap<>();
        ours.entrySet().stream().limit(MOST_OF_OURS).forEach(entry -> kept.put(entry.getKey(), cut(entry.getValue())));
        return kept;
    }

    private static String cut(String value) {
        return value == null || value.length() <= LONGEST_OF_OURS ? value : value.substring(0, LONGEST_OF_OURS);
    }

    private static List<String> ours(JsonParser parser, DeserializationContext context) throws IOException {
        List<String> kept = new ArrayList<>(1);
        if (parser.isExpectedStartArrayToken()) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String finalizer = text(parser, context);
                if (isOurs(finalizer) && kept.size() < MOST_OF_OURS) {
                    kept.add(shared(finalizer));
                }
            }
        }
        return kept;
    }

    private static Map<String, String> entries(
            JsonParser parser, DeserializationContext context, Predicate<String> isKept) throws IOException {
        Map<String, String> kept = new LinkedHashMap<>();
        if (parser.isExpectedStartObjectToken()) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (isKept.test(name)) {
                    kept.put(name, text(parser, context));
                } else {
                    parser.skipChildren();
                }
            }
        }
        return kept;
    }
}
