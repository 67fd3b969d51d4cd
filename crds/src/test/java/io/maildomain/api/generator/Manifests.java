package io.maildomain.api.generator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The CRDs as the Java types say, with what annotations cannot say added from {@link Completions}. */
final class Manifests {
    /** All kinds, in the order in which people meet it. */
    static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            MailDomain.class,
            CatchAllRule.class,
            CloudflareAccount.class,
            Mailbox.class,
            DestinationAddress.class,
            MailWorker.class,
            MailSite.class);

    private Manifests() {}

    /** The CRDs, in the order of {@link #KINDS}. */
    static List<CustomResourceDefinition> definitions() {
        return KINDS.stream().map(Manifests::definition).toList();
    }

    static CustomResourceDefinition definition(Class<? extends CustomResource<?, ?>> kind) {
        List<CustomResourceDefinition> generated = new ArrayList<>();
        CRDPostProcessor collecting = new CRDPostProcessor() {
            @Override
            public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
                generated.add((CustomResourceDefinition) crd);
                return crd;
            }
        };
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withPostProcessor(collecting)
                .withOutput(new Nowhere())
                .generate();
        CustomResourceDefinition definition = generated.get(0);
        complete(definition, kind);
        return definition;
    }

    private static void complete(CustomResourceDefinition definition, Class<? extends CustomResource<?, ?>> type) {
        String kind = definition.getSpec().getNames().getKind();
        CustomResourceDefinitionVersion version =
                definition.getSpec().getVersions().get(0);
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        version.setAdditionalPrinterColumns(Completions.columns().get(kind));
        root.setDescription(type.getAnnotation(JsonClassDescription.class).value());
        root.setRequired(List.of("spec"));
        root.getProperties().get("spec").setDescription("What is wanted.");
        JSONSchemaProps status = root.getProperties().get("status");
        status.setDescription("What the operator last saw and did. Written only by the operator.");
        // so that an object that the operator has not looked at yet never reads as done (kstatus)
        status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
        DeclaredOrder.restore(root, type);
        completePathByPath(root, Completions.schemas().get(kind));
    }

    private static void completePathByPath(JSONSchemaProps root, Map<String, Consumer<JSONSchemaProps>> completions) {
        Set<String> unmet = new TreeSet<>(completions.keySet());
        SchemaWalk.visit(root, (path, schema) -> {
            settle(schema);
            if (completions.containsKey(path)) {
                completions.get(path).accept(schema);
                unmet.remove(path);
            }
        });
        if (!unmet.isEmpty()) {
            throw new IllegalStateException("Completions speaks of fields that are not there: " + unmet);
        }
    }

    /** What holds for each schema, whatever its path. */
    private static void settle(JSONSchemaProps schema) {
        if ("array".equals(schema.getType())) {
            schema.setXKubernetesListType("atomic");
        }
        if ("integer".equals(schema.getType())) {
            schema.setFormat("int64");
        }
        if (schema.getXKubernetesValidations() != null) {
            // the generator finds each annotation of a record component twice: on its field and on its accessor
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        }
    }

    /** Takes the generator's own output, which lacks what comes after it. */
    private static final class Nowhere implements CRDGenerator.CRDOutput<OutputStream> {
        @Override
        public OutputStream outputFor(String crdName) {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
