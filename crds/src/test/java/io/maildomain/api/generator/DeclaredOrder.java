package io.maildomain.api.generator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings fields and enum values back into the order in which the Java types declare them: the one to read them in. */
final class DeclaredOrder {
    private DeclaredOrder() {}

    /** Restores the order in the spec and the status of a custom resource. */
    static void restore(JSONSchemaProps root, Class<?> customResource) {
        Type[] specAndStatus = ((ParameterizedType) customResource.getGenericSuperclass()).getActualTypeArguments();
        restoreIn(root.getProperties().get("spec"), specAndStatus[0]);
        restoreIn(root.getProperties().get("status"), specAndStatus[1]);
    }

    private static void restoreIn(JSONSchemaProps schema, Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            restoreIn(schema.getItems().getSchema(), list.getActualTypeArguments()[0]);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            restoreFields(schema, record);
        } else if (type instanceof Class<?> constants && constants.isEnum()) {
            List<String> declared = Arrays.stream(constants.getEnumConstants())
                    .map(Object::toString)
                    .toList();
            schema.getEnum().sort((one, other) -> declared.indexOf(one.asText()) - declared.indexOf(other.asText()));
        }
    }

    private static void restoreFields(JSONSchemaProps schema, Class<?> record) {
        Map<String, JSONSchemaProps> ordered = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            JSONSchemaProps field = schema.getProperties().get(component.getName());
            if (field == null) {
                throw new IllegalStateException(
                        "the schema lacks " + component.getName() + " of " + record.getSimpleName());
            }
            restoreIn(field, component.getGenericType());
            ordered.put(component.getName(), field);
        }
        schema.setProperties(ordered);
    }
}
