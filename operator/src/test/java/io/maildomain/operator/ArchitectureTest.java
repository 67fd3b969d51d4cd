package io.maildomain.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareError;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.controller.Rescheduling;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.ownership.StatusWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may depend on whom, and what none of us does. */
@AnalyzeClasses(packages = "io.maildomain.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.maildomain.operator";
    private static final Path SOURCES = Path.of("src", "main", "java");

    /** The rooms of the house, floor by floor: who lives higher up may use what is below, never the other way round. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("config", "credentials", "metrics"),
            List.of("cloudflare", "kubernetes", "server", "sources"),
            List.of("dns", "ownership", "status"),
            List.of("access"),
            List.of("controller"),
            List.of("trace"),
            List.of("statuspage"),
            List.of("app"));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noArrowPointsUpwards = classes().should(dependOnlyOnLowerFloors());

    /** What is decided can be tested without a cluster, without Cloudflare and without waiting: docs/adr/0018. */
    @ArchTest
    static final ArchRule plansArePure = noClasses()
            .that()
            .resideInAPackage(ROOT + "..plan..")
            .should()
            .dependOnClassesThat(describe("are neither values nor API types", ArchitectureTest::isNoValue))
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule aKindKnowsNoOtherKind = noClasses()
            .that()
            .resideInAPackage(ROOT + ".controller.maildomain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".controller.catchall..", ROOT + ".controller.account..");

    /** A kind says what its work is: docs/architecture.md#one-reconcile-of-a-maildomain. */
    @ArchTest
    static final ArchRule onlyTheControllerShellWritesAndReschedules = noClasses()
            .that(describe(
                    "neither are the shell nor pass a write on",
                    type -> !type.isEquivalentTo(ResourceController.class) && !type.isAssignableTo(StatusWriter.class)))
            .should()
            .callMethodWhere(target(name("writeStatus").or(name("release")))
                    .and(target(owner(assignableTo(StatusWriter.class)))))
            .orShould()
            .callMethodWhere(target(name("after")).and(target(owner(assignableTo(Rescheduling.class)))));

    @ArchTest
    static final ArchRule onlyTheClientsKnowHttpLibraries = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".cloudflare..", ROOT + ".sources..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule onlyTheDnsRoomKnowsDnsjava = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".dns..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.xbill.DNS..");

    /** All others ask what a refusal says: {@code zoneExists()}, {@code targetRefused()}. */
    @ArchTest
    static final ArchRule onlyTheCloudflareClientKnowsCodes = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cloudflare..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(CloudflareError.class)
            .orShould()
            .callMethod(ApiError.class, "code")
            .orShould()
            .callMethod(Failure.Refused.class, "code");

    /** State is state: a message is for people, and its words may change. */
    @ArchTest
    static final ArchRule noDecisionReadsAMessage = noClasses()
            .that()
            // One reads what earlier versions wrote; the others repeat a condition's message.
            .haveNameNotMatching(".*\\.(RoutedBefore|ClaimCheck|DepartedRecord|Said)")
            .should()
            .callMethod(HostStatus.class, "message")
            .orShould()
            .callMethod(RuleStatus.class, "message")
            .orShould()
            .callMethod(Condition.class, "message");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".app..", ROOT + ".config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheLogSetUpKnowsLogback = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".server.logging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyTheEdgesTalkToKubernetes = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".app..", ROOT + ".controller..", ROOT + ".kubernetes..", ROOT + ".ownership..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
                    .and(describe("not the type of our resources", type -> !type.getSimpleName()
                            .equals("CustomResource"))));

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
    static final ArchRule nobodySleeps = noClasses().should().callMethodWhere(target(name("sleep")));

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            // Of whatever throwable; where it prints to a writer, that is another method.
            .callMethodWhere(target(name("printStackTrace"))
                    .and(target(owner(assignableTo(Throwable.class))))
                    .and(target(rawParameterTypes(new Class<?>[0]))));

    @ArchTest
    static final ArchRule onlyTheAppEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".app..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class);

    @ArchTest
    static final ArchRule onlyConfigAndAppReadTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".app..", ROOT + ".config..")
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

    /** Without the mark the compiler's check of nulls passes a package over: docs/adr/0036. */
    @ArchTest
    static void everyPackageSaysWhereNullMayBe(JavaClasses ours) {
        TreeSet<String> unmarked = ours.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
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

    /** A constant leaves no trace of its name in a class file: numbers are looked for in the sources. */
    @Test
    void noCodeOfCloudflaresStandsOutsideOfItsClient() throws IOException {
        assertThat(CloudflareCodes.outsideOfTheClient(SOURCES)).isEmpty();
    }

    /** A reason is a constant of Reason: its documentation and all its uses are found from there. */
    @Test
    void noReasonIsWrittenAsAText() throws IOException {
        assertThat(ReasonLiterals.in(SOURCES)).isEmpty();
    }

    @Test
    void testsDoNotSleepEither() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/violations/"))
                .importPackages(ROOT);
        noClasses()
                .that()
                .resideOutsideOfPackage("..violations..")
                .should()
                .callMethodWhere(target(name("sleep")))
                .check(tests);
        classes().should().notBeAnnotatedWith("org.junit.jupiter.api.Disabled").check(tests);
    }

    private static ArchCondition<JavaClass> dependOnlyOnLowerFloors() {
        return new ArchCondition<>("depend only on their own room and on lower floors") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String room = roomOf(type);
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(ROOT + "."))
                        .filter(dependency ->
                                !roomOf(dependency.getTargetClass()).equals(room))
                        .filter(dependency -> floorOf(roomOf(dependency.getTargetClass())) >= floorOf(room))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static String roomOf(JavaClass type) {
        String inside = type.getPackageName().substring(ROOT.length());
        return inside.isEmpty() ? "" : inside.substring(1).split("\\.", 2)[0];
    }

    /** A room that stands on no floor yet is below all: the change that adds one says where. */
    private static int floorOf(String room) {
        return FLOORS.stream()
                .filter(floor -> floor.contains(room))
                .map(FLOORS::indexOf)
                .findFirst()
                .orElse(-1);
    }

    /** A value is a record, an enum, an exception's opposite: something that can be compared and cannot do anything. */
    private static boolean isNoValue(JavaClass type) {
        String where = type.getPackageName();
        if (Stream.of("java.lang", "java.math", "java.util", "java.time").anyMatch(where::startsWith)) {
            return type.isEquivalentTo(Clock.class) || where.startsWith("java.util.concurrent");
        }
        boolean ofTheApi = where.startsWith("io.maildomain.api")
                || where.startsWith("io.fabric8.kubernetes.api.model")
                || where.startsWith("org.jspecify.annotations")
                || type.getSimpleName().equals("CustomResource");
        if (ofTheApi || type.isPrimitive() || type.isArray()) {
            return false;
        }
        boolean value = type.isRecord() || type.isEnum() || where.contains(".plan") || isSealed(type) || isStatic(type);
        return !value || type.getDirectDependenciesFromSelf().stream().anyMatch(ArchitectureTest::leadsOutside);
    }

    private static boolean isSealed(JavaClass type) {
        return type.isInterface() && type.reflect().isSealed();
    }

    /** Functions only: no object of it can hold anything. */
    private static boolean isStatic(JavaClass type) {
        return type.getFields().stream().allMatch(field -> field.getModifiers().contains(JavaModifier.STATIC))
                && type.getMethods().stream()
                        .allMatch(method -> method.getModifiers().contains(JavaModifier.STATIC)
                                || method.getName().startsWith("lambda$"));
    }

    private static boolean leadsOutside(Dependency dependency) {
        JavaClass target = dependency.getTargetClass();
        String where = target.getPackageName();
        return target.isEquivalentTo(Clock.class)
                || where.startsWith("java.net")
                || where.startsWith("okhttp3")
                || where.startsWith("io.javaoperatorsdk")
                || where.startsWith("io.fabric8.kubernetes.client")
                        && !target.getSimpleName().equals("CustomResource");
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
