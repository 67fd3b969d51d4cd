package io.maildomain.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule catches a deliberate violation: the packages {@code violations} of the tests hold them. */
class ViolationsTest {
    private static final String ROOT = ArchitectureTest.class.getPackageName();

    private static final Path SOURCES =
            Path.of("src", "test", "java").resolve(Path.of("", (ROOT + ".violations").split("\\.")));

    private static final JavaClasses FIXTURES = new ClassFileImporter()
            .importPackages(
                    ROOT + ".violations", ROOT + ".config.violations", ROOT + ".controller.maildomain.plan.violations");

    /** The rule's field, and all that it must catch. */
    static Stream<Arguments> rules() {
        return Stream.of(
                arguments("packagesHaveNoCycles", List.of("config")),
                arguments("noArrowPointsUpwards", List.of("Careless$OfMain")),
                arguments(
                        "plansArePure",
                        List.of("Impatient$AsksCloudflare", "Impatient$HoldsAClock", "Impatient$LooksAtTheTime")),
                arguments("aKindKnowsNoOtherKind", List.of("Impatient$KnowsAnotherKind")),
                arguments(
                        "onlyTheControllerShellWritesAndReschedules",
                        List.of("Careless$OfStatuses", "Careless$OfFinalizers", "Careless$OfTheNextLook")),
                arguments("onlyTheClientsKnowHttpLibraries", List.of("Careless$OfHttp")),
                arguments(
                        "onlyTheCloudflareClientKnowsCodes",
                        List.of("KnowsCodes$OfAnError", "KnowsCodes$OfARefusal", "KnowsCodes$ByName")),
                arguments(
                        "noDecisionReadsAMessage",
                        List.of(
                                "Impatient$ReadsAHostsMessage",
                                "Impatient$ReadsARulesMessage",
                                "Impatient$ReadsAConditionsMessage")),
                arguments("onlyTheDnsRoomKnowsDnsjava", List.of("Careless$OfDnsjava")),
                arguments("onlyTheCommandLineKnowsPicocli", List.of("Careless$OfTheCommandLine")),
                arguments("onlyTheLogSetUpKnowsLogback", List.of("Careless$OfLogback")),
                arguments("onlyTheEdgesTalkToKubernetes", List.of("Careless$OfKubernetes")),
                arguments("namesSayWhatAClassIs", List.of("Careless$NamedHelper")),
                arguments("timeIsOfJavaTime", List.of("Careless$OfDates", "Careless$OfCalendars")),
                arguments("nobodySleeps", List.of("Careless$OfSleep")),
                arguments("nobodyPrints", List.of("Careless$OfPrinting", "Careless$OfErrors", "Careless$OfTraces")),
                arguments("onlyTheAppEndsTheProcess", List.of("Careless$OfExit", "Careless$OfHalt")),
                arguments("onlyConfigAndAppReadTheEnvironment", List.of("Careless$OfTheEnvironment")),
                arguments("optionalIsNoField", List.of("Careless$OfOptionalFields")),
                arguments("optionalIsNoParameter", List.of("Careless$OfOptionalParameters")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aRuleCatchesWhatBreaksIt(String rule, List<String> culprits) throws ReflectiveOperationException {
        List<String> caught = rule(rule).evaluate(FIXTURES).getFailureReport().getDetails();

        assertThat(culprits).allSatisfy(culprit -> assertThat(caught).anyMatch(it -> it.contains(culprit)));
    }

    @Test
    void noRuleIsLeftOut() {
        List<String> all = Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(ArchTest.class))
                .map(Field::getName)
                .toList();

        assertThat(rules().map(each -> (String) each.get()[0])).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aCodeThatIsWrittenAsANumberIsCaught() throws IOException {
        assertThat(CloudflareCodes.outsideOfTheClient(SOURCES)).containsExactly("KnowsCodes.java: 1061");
    }

    @Test
    void aReasonThatIsWrittenAsATextIsCaught() throws IOException {
        assertThat(ReasonLiterals.in(SOURCES)).containsExactly("SpellsReasons.java: ZonePending");
    }

    private static ArchRule rule(String name) throws ReflectiveOperationException {
        return (ArchRule) ArchitectureTest.class.getDeclaredField(name).get(null);
    }
}
