package io.maildomain.harness.image;

import io.maildomain.harness.HarnessException;
import io.maildomain.harness.OperatorImage;
import io.maildomain.harness.OperatorProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Trains the image's AOT cache (JEP 483, 515) in the image itself: a JVM uses one only with the very Java, options and jars that
 * it was made with.
 *
 * @param image that it is for
 */
record AotCache(OperatorImage image) {

    private static final Duration START = Duration.ofMinutes(2);
    private static final String CONFIGURATION = "/tmp/operator.aotconf";
    private static final String RESULT = "/tmp/operator.aot";

    /**
     * Leads a short life and makes a cache of what it needed.
     *
     * @param target where the cache goes
     * @throws HarnessException if the operator or the JVM that makes it fails; with the end of its log
     */
    void train(ImageStage stage, Path target) throws IOException {
        OperatorImage recording = image.withoutCache()
                .withOptions(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + CONFIGURATION));
        OperatorProcess operator = recording.run(stage.container("training.log"));
        operator.awaitReady(START);
        new ShortLife(stage.api().client(), stage.simulator().control()).lead(operator);
        int end = operator.terminate();
        if (end != 0) {
            throw new HarnessException("the trained operator ended with code " + end + ":\n" + operator.lastWords());
        }
        OperatorImage creating = image.withoutCache()
                .withOptions(List.of(
                        "-XX:AOTMode=create", "-XX:AOTConfiguration=" + CONFIGURATION, "-XX:AOTCache=" + RESULT));
        OperatorImage.Container container = stage.container("creating.log");
        int code = creating.call(container);
        Path made = stage.tmp().resolve("operator.aot");
        if (code != 0 || !Files.exists(made)) {
            throw new HarnessException(
                    "no AOT cache was made, code " + code + ":\n" + Files.readString(container.log()));
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        // It belongs to the image's user, and in the image nothing may.
        Files.copy(made, target, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(made);
        Files.delete(stage.tmp().resolve("operator.aotconf"));
    }

    /**
     * Starts the image with a cache that does not fit: it must work as without one.
     *
     * @return what the JVM says of it; "nothing" where it is silent
     * @throws HarnessException if it does not work, or uses the cache
     */
    String withUnfit(UnfitCache unfit, ImageStage stage) throws IOException {
        Path file = stage.tmp().resolve(unfit.name());
        byte[] good = Files.readAllBytes(image.root().resolve(OperatorImage.CACHE.substring(1)));
        switch (unfit) {
            case MISSING -> Files.deleteIfExists(file);
            case EMPTY -> Files.write(file, new byte[0]);
            case CUT -> Files.write(file, Arrays.copyOf(good, good.length / 2));
            case OTHER_JAVA -> Files.write(file, ofAnotherJava(good));
            case OTHER_OPTIONS -> Files.write(file, good);
        }
        OperatorImage unlucky = image.withCache("/tmp/" + file.getFileName());
        if (unfit == UnfitCache.OTHER_OPTIONS) {
            unlucky = unlucky.withOptions(List.of("-XX:-UseCompactObjectHeaders"));
        }
        OperatorImage.Container container = stage.container(
                        unfit + ".log", LoadedClasses.writtenTo("/tmp/" + unfit + ".classes"))
                .saying(stage.files().resolve(unfit + ".log"), "version");
        int code = unlucky.call(container);
        String said = Files.readString(container.log());
        int share = LoadedClasses.in(stage.tmp().resolve(unfit + ".classes")).percentFromCache();
        if (code != 0 || !said.contains("mail-domain-operator") || share > 0) {
            throw new HarnessException("with an AOT cache that " + unfit.words() + " it ended with code " + code
                    + ", took " + share + " % of its classes from it, and said: " + said);
        }
        Files.deleteIfExists(file);
        return said.lines()
                .filter(line -> line.contains("[aot]") || line.contains("[cds]"))
                .findFirst()
                .orElse("nothing is said");
    }

    /** The name of the JVM that made it stands in its head. */
    private static byte[] ofAnotherJava(byte[] cache) {
        byte[] changed = cache.clone();
        int at = new String(cache, 0, Math.min(cache.length, 8192), StandardCharsets.ISO_8859_1).indexOf(" VM (");
        if (at < 0) {
            throw new HarnessException("no name of a JVM in the head of the AOT cache");
        }
        changed[at + " VM (".length()] = '0';
        return changed;
    }
}
