package io.maildomain.operator.controller.handover;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link ZoneOrigins} as ConfigMaps of the operator's namespace, one for each MailDomain that took a zone over. */
public final class ConfigMapZoneOrigins implements ZoneOrigins {

    /** What they are listed by. */
    public static final String LABEL = "maildomain.io/zone-origin";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigMapZoneOrigins.class);

    private static final String PREFIX = "maildomain-zone-origin-";

    private final KubernetesClient client;
    private final String namespace;

    /** @param namespace the operator's own, where tenants may not write */
    public ConfigMapZoneOrigins(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Optional<ZoneOriginRecord> of(String uid) {
        try {
            return Optional.ofNullable(resource(uid).get()).flatMap(ConfigMapZoneOrigins::read);
        } catch (KubernetesClientException e) {
            requireForbidden(e);
            return Optional.empty();
        }
    }

    @Override
    public void note(ZoneOriginRecord origin) {
        try {
            client.resource(written(origin))
                    .fieldManager("mail-domain-operator")
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            requireForbidden(e);
            LOG.warn(
                    "MailDomain {}/{} takes the zone of {} over, and this cannot be noted: the operator may not write"
                            + " ConfigMaps in namespace {}. If the zone was created by the operator, it is kept in the end."
                            + " Grant what the chart's Role grants",
                    origin.namespace(),
                    origin.name(),
                    origin.domain(),
                    namespace);
        }
    }

    @Override
    public void forget(String uid) {
        try {
            resource(uid).delete();
        } catch (KubernetesClientException e) {
            requireForbidden(e);
        }
    }

    /**
     * What was never forgotten, since a finalizer was taken off by hand or the process ended in between.
     *
     * @param uids of all MailDomains that there are
     * @param isWatched whether a namespace is this installation's: another one may share the operator's namespace
     */
    public void forgetAllBut(Set<String> uids, Predicate<String> isWatched) {
        try {
            client.configMaps().inNamespace(namespace).withLabel(LABEL).list().getItems().stream()
                    .flatMap(map -> read(map).stream())
                    .filter(origin -> isWatched.test(origin.namespace()))
                    .map(ZoneOriginRecord::uid)
                    .filter(uid -> !uids.contains(uid))
                    .forEach(this::forget);
        } catch (KubernetesClientException e) {
            requireForbidden(e);
        }
    }

    private Resource<ConfigMap> resource(String uid) {
        return client.configMaps().inNamespace(namespace).withName(PREFIX + uid);
    }

    private ConfigMap written(ZoneOriginRecord origin) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(PREFIX + origin.uid())
                .withNamespace(namespace)
                .withLabels(Map.of(LABEL, "true"))
                .endMetadata()
                .withData(Map.of(
                        "uid", origin.uid(),
                        "namespace", origin.namespace(),
                        "name", origin.name(),
                        "domain", origin.domain(),
                        "accountId", origin.accountId(),
                        "zoneId", origin.zoneId(),
                        "since", origin.since().toString()))
                .build();
    }

    private static Optional<ZoneOriginRecord> read(ConfigMap map) {
        Map<String, String> data = Optional.ofNullable(map.getData()).orElse(Map.of());
        try {
            return Optional.of(new ZoneOriginRecord(
                    data.getOrDefault("uid", ""),
                    data.getOrDefault("namespace", ""),
                    data.getOrDefault("name", ""),
                    data.getOrDefault("domain", ""),
                    data.getOrDefault("accountId", ""),
                    data.getOrDefault("zoneId", ""),
                    Instant.parse(data.getOrDefault("since", ""))));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    private static void requireForbidden(KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            throw e;
        }
    }
}
