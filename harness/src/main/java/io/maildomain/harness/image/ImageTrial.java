package io.maildomain.harness.image;

import io.maildomain.harness.HarnessException;
import io.maildomain.harness.OperatorImage;
import io.maildomain.harness.OperatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Leads a short life in the image as a kubelet would run it, and says what was seen.
 *
 * @param sbom the list of what is in the image
 */
record ImageTrial(OperatorImage image, ImageStage stage, Path sbom) {

    private static final Duration START = Duration.ofMinutes(2);
    private static final String CLASSES = "classes.log";

    /** Percent: some are not supported by the cache, and each run needs a few that training did not. */
    private static final int MOST = 90;

    /** @throws HarnessException at the first thing that is not as it must be */
    void run() throws IOException {
        lead();
        AotCache cache = new AotCache(image);
        for (UnfitCache unfit : UnfitCache.values()) {
            say("an AOT cache that " + unfit.words() + " stops nothing: " + cache.withUnfit(unfit, stage));
        }
        int libraries = new Sbom(sbom).mustDescribe(image.root().resolve("app"));
        say("the SBOM names exactly the " + libraries + " libraries that are there, by SHA-256");
    }

    private void lead() throws IOException {
        OperatorProcess operator =
                image.run(stage.container("operator.log", LoadedClasses.writtenTo("/tmp/" + CLASSES)));
        operator.awaitReady(START);
        ContainerProcess process = new ContainerProcess(operator.pid());
        must(process.user().equals(image.user().split(":")[0]), "it runs as " + process.user());
        must(process.capabilities().matches("0+"), "its capabilities are " + process.capabilities());
        must(List.of(process.mountedAs("/").split(",")).contains("ro"), "its files are " + process.mountedAs("/"));
        new ShortLife(stage.api().client(), stage.simulator().control()).lead(operator);
        say("two domains came, were Ready and went, as uid " + process.user() + " on files that are read-only");
        boolean mapped = process.hasMapped(OperatorImage.CACHE);
        double memory = process.residentMebibytes();
        int code = operator.terminate();
        must(code == 0, "it ended with code " + code + " after SIGTERM");
        int share = LoadedClasses.in(stage.tmp().resolve(CLASSES)).percentFromCache();
        must(mapped && share >= MOST, "the AOT cache: mapped " + mapped + ", " + share + " % of the classes from it");
        say(
                "the process has mapped its AOT cache; %d %% of the classes of libraries and our own came from it; %.0f MiB after that life"
                        .formatted(share, memory));
    }

    private static void must(boolean holds, String otherwise) {
        if (!holds) {
            throw new HarnessException(otherwise);
        }
    }

    private static void say(String seen) {
        System.out.println("image: " + seen);
    }
}
