package io.maildomain.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailDomainSummary;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxStatus;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the operator has to say, the API server takes the status: a status that it refuses leaves the resource without
 * one for good. What must be undone (status.ownership) is no text for people and is not cut.
 */
class StatusBoundsTest {
    /** Half of its characters take two places in Java and count once in a schema. */
    private static final String FAR_TOO_LONG = "😀x".repeat(3_000);

    private static final Map<Class<?>, Class<?>> STATUSES = Map.of(
            MailDomain.class, MailDomainStatus.class,
            CatchAllRule.class, CatchAllRuleStatus.class,
            CloudflareAccount.class, CloudflareAccountStatus.class,
            MailWorker.class, MailWorkerStatus.class,
            MailSite.class, MailSiteStatus.class,
            Mailbox.class, MailboxStatus.class,
            DestinationAddress.class, DestinationAddressStatus.class);

    private final KubernetesSerialization json = new KubernetesSerialization();

    static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
        return Manifests.KINDS.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aStatusNeverHoldsMoreThanItsSchemaTakes(Class<? extends CustomResource<?, ?>> kind) {
        JSONSchemaProps schema = Manifests.definition(kind)
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("status");
        JsonNode status = json.convertValue(valueOf(STATUSES.get(kind)), JsonNode.class);
        List<String> tooMuch = new ArrayList<>();

        compare("status", status, schema, tooMuch);

        assertThat(status).isNotEmpty();
        assertThat(tooMuch).isEmpty();
    }

    /** Namespaces have up to 63 characters, Secrets up to 253. */
    @Test
    void theLongestLegalNamesOfASecretAreShownWhole() {
        String secret = "Secret " + "n".repeat(63) + "/" + "s".repeat(253);

        assertThat(new MailDomainSummary(null, secret, null, null).account()).isEqualTo(secret);
    }

    private static void compare(String path, JsonNode value, JSONSchemaProps schema, List<String> tooMuch) {
        if (value.isTextual() && schema.getMaxLength() != null && codePoints(value) > schema.getMaxLength()) {
            tooMuch.add(path + ": " + codePoints(value) + " > " + schema.getMaxLength());
        }
        if (value.isArray()) {
            if (value.size() > schema.getMaxItems()) {
                tooMuch.add(path + ": " + value.size() + " items > " + schema.getMaxItems());
            }
            compare(path + "[]", value.get(0), schema.getItems().getSchema(), tooMuch);
        }
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> compare(
                            path + "." + field.getKey(),
                            field.getValue(),
                            schema.getProperties().get(field.getKey()),
                            tooMuch));
        }
    }

    private static int codePoints(JsonNode text) {
        return text.asText().codePointCount(0, text.asText().length());
    }

    /** Everything that the type can hold, too long and too much of it; words of our own (types and reasons of conditions) are short. */
    private static Object valueOf(Type type) {
        if (type instanceof ParameterizedType list) {
            return Collections.nCopies(1_000, valueOf(list.getActualTypeArguments()[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return FAR_TOO_LONG;
        }
        if (plain == Instant.class) {
            return Instant.EPOCH;
        }
        if (plain == Boolean.class || plain == boolean.class) {
            return true;
        }
        if (plain == Integer.class || plain == int.class) {
            return 1;
        }
        if (plain == Long.class || plain == long.class) {
            return 1L;
        }
        return plain.isEnum() ? plain.getEnumConstants()[0] : recordOf(plain);
    }

    private static Object recordOf(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Stream.of(components).map(StatusBoundsTest::componentOf).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " cannot be made", e);
        }
    }

    private static Object componentOf(RecordComponent component) {
        boolean ours = component.getDeclaringRecord().getSimpleName().equals("Condition")
                && List.of("type", "status", "reason").contains(component.getName());
        if (ours) {
            return "Ready";
        }
        return component.getName().equals("ownership") ? null : valueOf(component.getGenericType());
    }
}
