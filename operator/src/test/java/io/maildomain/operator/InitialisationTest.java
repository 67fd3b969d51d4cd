package io.maildomain.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The JVM initialises each class under a lock of its own, its supertypes before it (Java Virtual Machine Specification, 5.5).
 * Where two classes initialise each other, two threads that begin at different ends wait for each other for good: without a
 * word, without a time-out. So none may.
 */
class InitialisationTest {

    /** The pitfall: the thread that first uses one of the two holds its lock and wants that of the other. */
    sealed interface Answer {

        Answer NONE = new Given("");

        record Given(String text) implements Answer {}

        default boolean isEmpty() {
            return equals(NONE);
        }
    }

    @Test
    void noClassIsInitialisedByOneThatItInitialises() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.maildomain");

        assertThat(ours).hasSizeGreaterThan(400);
        assertThat(tangled(ours)).isEmpty();
    }

    @Test
    void anInterfaceWithAConstantOfItsOwnKindIsFound() {
        JavaClasses pitfall = new ClassFileImporter().importClasses(Answer.class, Answer.Given.class);

        assertThat(tangled(pitfall)).containsExactlyInAnyOrder(Answer.class.getName(), Answer.Given.class.getName());
    }

    /** Those whose initialisation comes back to themselves. */
    private static Set<String> tangled(JavaClasses ours) {
        return ours.stream()
                .filter(type -> reachable(type).contains(type))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<JavaClass> reachable(JavaClass from) {
        Set<JavaClass> reached = new HashSet<>();
        Deque<JavaClass> left = new ArrayDeque<>(Set.of(from));
        while (!left.isEmpty()) {
            initialisedBy(left.pop()).filter(reached::add).forEach(left::push);
        }
        return reached;
    }

    private static Stream<JavaClass> initialisedBy(JavaClass type) {
        return Stream.concat(supertypes(type), used(type).stream())
                // An anonymous class, a constant of an enum: only its own class gets at it.
                .filter(other -> !other.equals(type) && !other.isAnonymousClass());
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return type.isInterface()
                ? Stream.empty()
                : Stream.concat(
                        type.getAllRawSuperclasses().stream(),
                        type.getAllRawInterfaces().stream().filter(InitialisationTest::isInitialisedWithItsClasses));
    }

    /** An interface without code of its own is not (same place, step 7). */
    private static boolean isInitialisedWithItsClasses(JavaClass type) {
        return type.getMethods().stream()
                .map(JavaMember::getModifiers)
                .anyMatch(modifiers ->
                        !modifiers.contains(JavaModifier.ABSTRACT) && !modifiers.contains(JavaModifier.STATIC));
    }

    /** What the static initialiser uses, and the code that it calls. */
    private static Set<JavaClass> used(JavaClass type) {
        Set<JavaClass> used = new HashSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> left = new ArrayDeque<>();
        type.getStaticInitializer().ifPresent(left::push);
        while (!left.isEmpty()) {
            for (JavaAccess<?> access : left.pop().getAccessesFromSelf()) {
                access.getTarget().resolveMember().ifPresent(member -> {
                    used.add(member.getOwner());
                    if (member instanceof JavaCodeUnit code && seen.add(code)) {
                        left.push(code);
                    }
                });
            }
        }
        return used;
    }
}
