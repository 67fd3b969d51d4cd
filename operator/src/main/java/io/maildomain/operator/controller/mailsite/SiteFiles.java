package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.SiteUpload.Part;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.FileContent;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a site, told apart as wrangler does: what is served, and what Pages reads.
 *
 * @param served by path, without a leading slash
 * @param read by name: functions as they are built, headers, redirects
 */
record SiteFiles(SortedMap<String, FileContent> served, SortedMap<String, FileContent> read) {

    /** Pages serves no larger file. */
    static final int LARGEST_FILE = 25 << 20;

    /** What is no part of a site, wherever it stands. */
    private static final Set<String> LEFT_OUT = Set.of("node_modules", ".git", ".DS_Store");

    private static final String FUNCTIONS = "functions/";
    private static final String UNBUILT = "_worker.js";

    /** @param bundle of the folder that is served */
    static SiteFiles of(Bundle bundle) {
        SortedMap<String, FileContent> served = new TreeMap<>();
        SortedMap<String, FileContent> read = new TreeMap<>();
        bundle.files().forEach((path, content) -> {
            if (Part.isRead(path)) {
                read.put(path, content);
            } else if (!isLeftOut(path)) {
                served.put(path, content);
            }
        });
        return new SiteFiles(served, read);
    }

    private static boolean isLeftOut(String path) {
        return path.startsWith(FUNCTIONS) || Stream.of(path.split("/")).anyMatch(LEFT_OUT::contains);
    }

    /** Why they cannot be deployed; empty where they can. */
    Optional<Blocked> unusable() {
        Optional<String> why = served.keySet().stream()
                .filter(path -> path.equals(UNBUILT) || path.startsWith(UNBUILT + "/"))
                .findFirst()
                .map(path ->
                        ("the source has %s, which Pages would serve to all as it is: build it in CI with wrangler pages"
                                        + " functions build --outfile _worker.bundle, and leave it out")
                                .formatted(path))
                .or(() -> served.entrySet().stream()
                        .filter(file -> file.getValue().size() > LARGEST_FILE)
                        .findFirst()
                        .map(file -> "%s has %d bytes, and Pages serves no file of more than 25 MiB: leave it out"
                                .formatted(file.getKey(), file.getValue().size())))
                .or(() -> served.isEmpty() && read.isEmpty()
                        ? Optional.of("the source has no file to serve: correct spec.directory or source.path")
                        : Optional.empty());
        return why.map(sentence -> Blocked.stalled(ConditionType.SOURCE_READY, Reason.SourceRefused, sentence));
    }

    /** The key of each file by its path, which begins with a slash. */
    SortedMap<String, String> manifest() {
        return served.entrySet().stream()
                .collect(Collectors.toMap(
                        file -> "/" + file.getKey(),
                        file -> SiteFile.key(file.getKey(), file.getValue().shared()),
                        (one, same) -> one,
                        TreeMap::new));
    }

    /** Those of these keys, each once, as they are uploaded. */
    List<SiteFile> uploads(Map<String, String> manifest, Set<String> keys) {
        Map<String, String> pathOf = new TreeMap<>();
        manifest.forEach((path, key) -> {
            if (keys.contains(key)) {
                pathOf.putIfAbsent(key, path.substring(1));
            }
        });
        return pathOf.entrySet().stream()
                .flatMap(file -> Optional.ofNullable(served.get(file.getValue())).stream()
                        .map(content ->
                                new SiteFile(file.getKey(), ContentTypes.of(file.getValue()), content.shared())))
                .toList();
    }

    /** What Pages reads, as it is sent along. */
    List<Part> parts() {
        return read.entrySet().stream()
                .map(file -> new Part(file.getKey(), file.getValue().shared()))
                .toList();
    }
}
