package io.maildomain.operator.controller.handover;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.kubernetes.informers.Pruning;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A departed MailDomain as a ConfigMap, there and back. Never holds a token: a MailDomain has none. */
record DepartedRecord(KubernetesSerialization serialization, String namespace) {

    /** What the records are listed by. */
    static final String LABEL = "maildomain.io/departed";

    private static final Logger LOG = LoggerFactory.getLogger(DepartedRecord.class);

    private static final String PREFIX = "maildomain-departed-";
    private static final String RESOURCE = "mailDomain";

    static String name(String uid) {
        return PREFIX + uid;
    }

    /** @param version of the ConfigMap that it was read from; null: whatever stands there is replaced */
    ConfigMap of(MailDomain departed, @Nullable String version) {
        ObjectMeta known = departed.getMetadata();
        Map<String, String> data = new HashMap<>();
        data.put("resource", known.getNamespace() + "/" + known.getName());
        data.put("domain", departed.getSpec().domain());
        data.put("state", state(departed));
        data.put(RESOURCE, serialization.asJson(pruned(departed)));
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(known.getUid()))
                .withNamespace(namespace)
                .withResourceVersion(version)
                .withLabels(Map.of(LABEL, "true"))
                .endMetadata()
                .withData(data)
                .build();
    }

    /** Why it is still here, for people; empty as long as nothing stands in its way. */
    static String state(MailDomain departed) {
        return Optional.ofNullable(departed.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .filter(ready -> !"True".equals(ready.status()))
                .map(DepartedRecord::words)
                .orElse("");
    }

    private static String words(Condition ready) {
        return ready.reason() + ": " + ready.message();
    }

    private static MailDomain pruned(MailDomain departed) {
        ObjectMeta known = departed.getMetadata();
        MailDomain pruned = new MailDomain();
        pruned.setMetadata(new ObjectMetaBuilder()
                .withNamespace(known.getNamespace())
                .withName(known.getName())
                .withUid(known.getUid())
                .withGeneration(known.getGeneration())
                .withCreationTimestamp(known.getCreationTimestamp())
                .withDeletionTimestamp(known.getDeletionTimestamp())
                .withAnnotations(ours(known.getAnnotations()))
                .build());
        pruned.setSpec(departed.getSpec());
        MailDomainStatus status = departed.getStatus();
        pruned.setStatus(MailDomainStatus.ofOwnership(status.ownership())
                .withConditions(status.observedGeneration(), status.conditions()));
        return pruned;
    }

    /** The MailDomain with the annotations that people gave to its record; empty where a user turned it into something else. */
    Optional<MailDomain> read(ConfigMap map) {
        String json = Optional.ofNullable(map.getData())
                .map(data -> data.get(RESOURCE))
                .orElse("");
        try {
            MailDomain read = serialization.unmarshal(json, MailDomain.class);
            boolean whole = read != null
                    && read.getSpec() != null
                    && read.getStatus() != null
                    && read.isMarkedForDeletion()
                    && map.getMetadata()
                            .getName()
                            .equals(name(read.getMetadata().getUid()));
            if (whole) {
                Map<String, String> annotations =
                        new HashMap<>(ours(read.getMetadata().getAnnotations()));
                annotations.putAll(ours(map.getMetadata().getAnnotations()));
                read.getMetadata().setAnnotations(annotations);
                read.getMetadata().setResourceVersion(map.getMetadata().getResourceVersion());
                return Optional.of(read);
            }
        } catch (RuntimeException unreadable) {
            LOG.debug("An unreadable record", unreadable);
        }
        LOG.warn(
                "ConfigMap {}/{} is no record of a departed MailDomain, though it is labelled as one: it is left as it is",
                map.getMetadata().getNamespace(),
                map.getMetadata().getName());
        return Optional.empty();
    }

    private static Map<String, String> ours(Map<String, String> annotations) {
        Map<String, String> ours = new HashMap<>();
        Optional.ofNullable(annotations).orElse(Map.of()).forEach((name, value) -> {
            if (name.startsWith(Pruning.OURS)) {
                ours.put(name, value);
            }
        });
        return ours;
    }
}
