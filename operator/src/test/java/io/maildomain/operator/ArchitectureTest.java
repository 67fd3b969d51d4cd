package io.maildomain.operator;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, and what none of us does. */
@AnalyzeClasses(packages = "io.maildomain.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.maildomain.operator";
    private static final Path SOURCES = Path.of("src", "main", "java");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnMain = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".main..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".main..");

    @ArchTest
    static final ArchRule onlyTheCloudflareClientKnowsHttpLibraries = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cloudflare..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "retrofit2..", "okio..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".main..", ROOT + ".settings..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheLogSetUpKnowsLogback = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".logging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyTheEdgesTalkToKubernetes = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".account..",
                    ROOT + ".catchall..",
                    ROOT + ".cluster..",
                    ROOT + ".conditions..",
                    ROOT + ".departed..",
                    ROOT + ".domain..",
                    ROOT + ".events..",
                    ROOT + ".handover..",
                    ROOT + ".leadership..",
                    ROOT + ".ledger..",
                    ROOT + ".main..",
                    ROOT + ".nudge..",
                    ROOT + ".secrets..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk.."));

    @ArchTest
    static final ArchRule settingsAreValues = noClasses()
            .that()
            .resideInAPackage(ROOT + ".settings..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..")
                    .and(describe("not of settings itself", (JavaClass type) -> !type.getPackageName()
                            .startsWith(ROOT + ".settings"))));

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Base|Abstract[A-Z]\\w*)$");

    @ArchTest
    static final ArchRule timeIsOfJavaTime = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Calendar");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule onlyMainEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".main..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class);

    @ArchTest
    static final ArchRule onlySettingsAndMainReadTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".main..", ROOT + ".settings..")
            .should()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule optionalIsNoField = fields().that()
            .areDeclaredInClassesThat(describe("are records", JavaClass::isRecord))
            .should()
            .notHaveRawType(Optional.class);

    @ArchTest
    static final ArchRule optionalIsNoParameter = methods()
            .that()
            .arePublic()
            .should()
            .notHaveRawParameterTypes(describe("Optional among them", parameters -> parameters.stream()
                    .anyMatch(type -> type.isEquivalentTo(Optional.class))));

    @ArchTest
    static void everyPackageSaysWhatLivesThere(JavaClasses ours) {
        TreeSet<String> silent = ours.stream()
                .map(JavaClass::getPackage)
                .map(JavaPackage::getName)
                .filter(name ->
                        !Files.exists(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(silent).as("packages without a package-info.java").isEmpty();
    }

    @ArchTest
    static void sourceFilesFitInTheHead(JavaClasses ours) throws IOException {
        assertThat(ours).isNotEmpty();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > 300)
                    .map(Path::toString)
                    .toList();
            assertThat(tooLong).as("files of more than 300 lines").isEmpty();
        }
    }

    @Test
    void testsDoNotSleepEither() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages(ROOT);
        noClasses()
                .that(alwaysTrue())
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .check(tests);
        classes().should().notBeAnnotatedWith("org.junit.jupiter.api.Disabled").check(tests);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
