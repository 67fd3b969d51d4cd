package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.ArtifactSource;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.controller.mailsite.plan.SiteIntent;
import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.sources.Bundle;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a MailSite and the files of its source to what the planner works on. Pure. */
final class SiteIntents {

    private static final String TOP = ".";

    /** A status has room for no more characters. */
    private static final int LONGEST_REQUEST = 64;

    private SiteIntents() {}

    /** What is deployed, and the files for it. */
    record Mapped(SiteIntent intent, SiteFiles files) {}

    /**
     * @param source all files of the source, as they were fetched
     * @throws io.maildomain.operator.sources.SourceException where a folder is not there
     */
    static Mapped map(MailSite live, Bundle source, OwnerMark mark) {
        MailSiteSpec spec = live.getSpec();
        String folder = folder(spec);
        // Another folder of the same files is another site.
        String digest = folder.isEmpty() ? source.digest() : source.digest() + "/" + folder;
        return new Mapped(intent(live, digest, spec.customDomains(), mark), SiteFiles.of(source.below(folder)));
    }

    /** What a clean-up needs to know. */
    static SiteIntent nothing(MailSite live, OwnerMark mark) {
        return intent(live, "", List.of(), mark);
    }

    private static SiteIntent intent(MailSite live, String digest, List<String> customDomains, OwnerMark mark) {
        MailSiteSpec spec = live.getSpec();
        return new SiteIntent(
                spec.project(),
                live.getMetadata().getNamespace() + "/" + live.getMetadata().getName(),
                mark,
                digest,
                spec.branch(),
                spec.createProject(),
                customDomains,
                spec.variables(),
                retry(live));
    }

    private static String folder(MailSiteSpec spec) {
        Stream<String> path = spec.source().wantedOci().flatMap(OciSource::wantedPath).stream();
        Stream<String> ofArtifact = spec.source().wantedArtifact().flatMap(ArtifactSource::wantedPath).stream();
        return Stream.of(path, ofArtifact, spec.wantedDirectory().stream())
                .flatMap(one -> one)
                .filter(one -> !one.equals(TOP))
                .collect(Collectors.joining("/"));
    }

    /** The request to look that stands on the resource: with each new one what failed is tried again. */
    private static String retry(MailSite live) {
        String asked = Conditioned.requestOn(live);
        if (asked == null) {
            return "";
        }
        return asked.length() <= LONGEST_REQUEST ? asked : ContentHash.of(asked).text();
    }
}
