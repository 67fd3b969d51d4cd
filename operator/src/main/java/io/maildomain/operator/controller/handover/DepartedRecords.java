package io.maildomain.operator.controller.handover;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.ownership.OwnershipConflict;
import io.maildomain.operator.ownership.ResourceWriter;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of departed MailDomains: followed by an informer, and known here at once when they are written, since claims
 * must not miss one that has just left the API server.
 */
public final class DepartedRecords implements Departures, AutoCloseable {

    /** What the records are listed by. */
    public static final String LABEL = DepartedRecord.LABEL;

    private static final Logger LOG = LoggerFactory.getLogger(DepartedRecords.class);

    private static final String BY_NAME = "name";

    private final KubernetesClient client;
    private final String namespace;
    private final Duration window;
    private final Predicate<String> isWatched;
    private final ResourceListener listener;
    private final DepartedRecord form;
    private final CacheImpl<MailDomain> known = new CacheImpl<>(BY_NAME, DepartedRecords::nameOf, DepartedRecords::uid);
    private final AtomicReference<SharedIndexInformer<ConfigMap>> informer = new AtomicReference<>();
    private final RecordsRight right;

    /**
     * @param namespace the operator's own
     * @param window how long after its deletion a MailDomain's successor may come
     * @param isWatched whether a MailDomain's namespace is this installation's: another one may share the operator's
     * @param listener hears of records as of MailDomains
     */
    public DepartedRecords(
            KubernetesClient client,
            String namespace,
            Duration window,
            Predicate<String> isWatched,
            ResourceListener listener) {
        this.client = client;
        this.namespace = namespace;
        this.window = window;
        this.isWatched = isWatched;
        this.listener = listener;
        this.known.addIndexers(MailDomainIndex.indexers());
        this.right = new RecordsRight(() -> labelled().list(), namespace);
        this.form = new DepartedRecord(client.getKubernetesSerialization(), namespace);
    }

    /** Lists the records and follows them, if that is allowed: otherwise it is asked {@link #startAfterAll once more}. */
    public void start() {
        if (right.isGranted()) {
            follow();
        }
    }

    /**
     * The same where it was refused before: rights that are granted together with the operator's start come a little later at times. Without
     * them, MailDomains stay until everything is undone.
     */
    public void startAfterAll() {
        if (!isAvailable() && right.isGrantedAfterAll()) {
            follow();
        }
    }

    private void follow() {
        SharedIndexInformer<ConfigMap> following = labelled().runnableInformer(0);
        following.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap added) {
                read(added).ifPresent(DepartedRecords.this::found);
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                read(after).ifPresent(DepartedRecords.this::found);
            }

            @Override
            public void onDelete(ConfigMap deleted, boolean finalStateUnknown) {
                read(deleted).ifPresent(DepartedRecords.this::lost);
            }
        });
        informer.set(following);
        following.run();
    }

    /** Whether the records can be read and written at all. */
    public boolean isAvailable() {
        return informer.get() != null;
    }

    /** Whether what is known is kept up to date, and is all that may be known: a right that came later takes a new start. */
    public boolean isHealthy() {
        return !right.cameLater() && (informer.get() == null || informer.get().isRunning());
    }

    private FilterWatchListDeletable<ConfigMap, ConfigMapList, Resource<ConfigMap>> labelled() {
        return client.configMaps().inNamespace(namespace).withLabel(LABEL);
    }

    /** Whether there is a record of the resource of that UID. */
    public boolean holds(String uid) {
        return known.getByKey(uid) != null;
    }

    /** All that are known. */
    List<MailDomain> all() {
        return known.list();
    }

    /** Those of them that have this key. */
    List<MailDomain> all(MailDomainIndex by, String key) {
        return known.byIndex(by.name(), key);
    }

    /** One that bore this name. */
    Optional<MailDomain> named(String mailDomainsNamespace, String name) {
        return known.byIndex(BY_NAME, MailDomainIndex.key(mailDomainsNamespace, name)).stream()
                .findFirst();
    }

    /** The MailDomain that a ConfigMap records, if it is one of ours. */
    public Optional<MailDomain> read(ConfigMap map) {
        return form.read(map)
                .filter(domain -> isWatched.test(domain.getMetadata().getNamespace()));
    }

    /** The ConfigMap that records the MailDomain; empty where none does. */
    public Optional<ConfigMap> recordOf(MailDomain domain) {
        return Optional.ofNullable(known.getByKey(uid(domain))).map(departed -> form.of(departed, null));
    }

    /** The same as the API server has it; empty also for a moment after it was written. */
    Optional<ConfigMap> followed(MailDomain domain) {
        return Optional.ofNullable(informer.get())
                .filter(following -> isDeparted(domain))
                .map(following -> following.getStore().getByKey(namespace + "/" + DepartedRecord.name(uid(domain))));
    }

    private void found(MailDomain departed) {
        MailDomain before = known.put(departed);
        listener.mailDomainChanged(new ResourceListener.Change<>(before, departed));
    }

    private void lost(MailDomain departed) {
        known.remove(departed);
        listener.mailDomainChanged(new ResourceListener.Change<>(departed, null));
    }

    // ---- for the undoing

    @Override
    public Duration window() {
        return window;
    }

    @Override
    public boolean note(MailDomain going) {
        if (!isAvailable()) {
            right.seeWhetherItCame();
            return false;
        }
        try {
            read(applied(form.of(going, null))).ifPresent(known::put);
            return holds(uid(going));
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "MailDomain {}/{} cannot be recorded in namespace {} ({}): it stays until everything is undone",
                    going.getMetadata().getNamespace(),
                    going.getMetadata().getName(),
                    namespace,
                    e.getCode());
            return false;
        }
    }

    @Override
    public boolean isDeparted(MailDomain domain) {
        return holds(uid(domain)) && !domain.hasFinalizer(ResourceWriter.FINALIZER);
    }

    @Override
    public void forget(MailDomain domain) {
        if (holds(uid(domain))) {
            record(uid(domain)).delete();
            known.remove(domain);
        }
    }

    // ---- for who reads and writes it as a MailDomain

    Optional<MailDomain> live(MailDomain domain) {
        return holds(uid(domain))
                ? Optional.ofNullable(record(uid(domain)).get()).flatMap(this::read)
                : Optional.empty();
    }

    /** @throws OwnershipConflict if the record has changed since it was read, or is gone */
    MailDomain replace(MailDomain domain) {
        try {
            ConfigMap written = applied(form.of(domain, domain.getMetadata().getResourceVersion()));
            String state = DepartedRecord.state(domain);
            if (!state.isEmpty()
                    && !state.equals(DepartedRecord.state(
                            Optional.ofNullable(known.getByKey(uid(domain))).orElse(domain)))) {
                LOG.warn(
                        "MailDomain {}/{} is gone, and what was created for it at Cloudflare is not undone yet. {} (ConfigMap"
                                + " {}/{}; annotate it with maildomain.io/abandon=true to leave everything as it is)",
                        domain.getMetadata().getNamespace(),
                        domain.getMetadata().getName(),
                        state,
                        namespace,
                        DepartedRecord.name(uid(domain)));
            }
            MailDomain now = read(written).orElse(domain);
            if (holds(uid(domain))) {
                known.put(now);
            }
            return now;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw new OwnershipConflict(
                        "the record of MailDomain " + domain.getMetadata().getName(), e);
            }
            throw e;
        }
    }

    /** Refused where it names another version than there is; what people annotated stays. */
    private ConfigMap applied(ConfigMap map) {
        return client.resource(map)
                .fieldManager("mail-domain-operator")
                .forceConflicts()
                .serverSideApply();
    }

    private Resource<ConfigMap> record(String uid) {
        return client.configMaps().inNamespace(namespace).withName(DepartedRecord.name(uid));
    }

    private static List<String> nameOf(MailDomain domain) {
        return List.of(MailDomainIndex.key(
                domain.getMetadata().getNamespace(), domain.getMetadata().getName()));
    }

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }

    @Override
    public void close() {
        Optional.ofNullable(informer.get()).ifPresent(SharedIndexInformer::close);
    }
}
