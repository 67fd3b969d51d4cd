package io.maildomain.api.generator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every file that is checked in but generated: the manifests, the chart's copies and the reference pages. */
final class GeneratedFiles {
    /** Folders in which every YAML file is generated, so that one of a kind that was renamed does not stay behind. */
    private static final Set<String> MANIFEST_FOLDERS = Set.of("crds", "helm/mail-domain-operator/files/crds");

    private GeneratedFiles() {}

    /** The content of each file by its path below the repository's folder, with {@code /}. */
    static Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        for (CustomResourceDefinition definition : Manifests.definitions()) {
            for (String folder : MANIFEST_FOLDERS) {
                contents.put(folder + "/" + fileName(definition), ManifestYaml.of(definition));
            }
            contents.put(
                    "docs/reference/"
                            + definition.getSpec().getNames().getKind().toLowerCase(Locale.ROOT) + ".md",
                    ReferencePage.of(definition));
        }
        return contents;
    }

    private static String fileName(CustomResourceDefinition definition) {
        return definition.getSpec().getGroup() + "_"
                + definition.getSpec().getNames().getPlural() + ".yaml";
    }

    /** The paths of files that are missing, differ, or are there though nothing generates them. */
    static Set<String> stale(Path repository) throws IOException {
        Set<String> stale = new TreeSet<>(leftovers(repository));
        for (Map.Entry<String, String> file : contents().entrySet()) {
            Path path = repository.resolve(file.getKey());
            if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
                stale.add(file.getKey());
            }
        }
        return stale;
    }

    /** Writes what is missing or differs and removes leftovers; returns the paths that it touched. */
    static Set<String> refresh(Path repository) throws IOException {
        Map<String, String> contents = contents();
        Set<String> stale = stale(repository);
        for (String file : stale) {
            Path path = repository.resolve(file);
            if (contents.containsKey(file)) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, contents.get(file));
            } else {
                Files.delete(path);
            }
        }
        return stale;
    }

    private static Set<String> leftovers(Path repository) throws IOException {
        Set<String> leftovers = new TreeSet<>();
        Set<String> generated = contents().keySet();
        for (String folder : MANIFEST_FOLDERS) {
            Path path = repository.resolve(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    leftovers.addAll(files.map(file -> folder + "/" + file.getFileName())
                            .filter(file -> file.endsWith(".yaml") && !generated.contains(file))
                            .collect(Collectors.toSet()));
                }
            }
        }
        return leftovers;
    }
}
