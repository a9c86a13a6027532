// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Plain test methods: rules in fields are not run by this version of Surefire. */
class ArchitectureTest {

    /** Features of the one jar; none may know another. */
    private static final List<String> FEATURES = List.of("broker", "magiclink", "ratelimit", "tokens", "totp");

    private static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(Stream.of(
                            "../../authenticators/core",
                            "../../authenticators/spi",
                            "../../authenticators/magic-link",
                            "../../authenticators/rate-limit",
                            "../../authenticators/rate-limit-redis",
                            "../../authenticators/broker",
                            "../../authenticators/totp",
                            "../realm-tool",
                            "../realm",
                            "../token-verifier",
                            "../tokens",
                            "../samples")
                    .map(module -> Path.of(module, "target", "classes"))
                    .toArray(Path[]::new));

    @Test
    void everyModuleIsLookedAt() {
        assertThat(ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .contains(
                        "dev.gatehouse.core.link",
                        "dev.gatehouse.spi.mail",
                        "dev.gatehouse.broker",
                        "dev.gatehouse.magiclink",
                        "dev.gatehouse.ratelimit",
                        "dev.gatehouse.redis",
                        "dev.gatehouse.tool.admin",
                        "dev.gatehouse.totp",
                        "dev.gatehouse.verifier",
                        "dev.gatehouse.samples");
    }

    @Test
    void coreTheVerifierAndTheToolKnowNoKeycloak() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.gatehouse.core..", "dev.gatehouse.verifier..", "dev.gatehouse.tool..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.keycloak..", "jakarta..", "org.jboss..")
                .check(ALL);
    }

    @Test
    void theVerifierNeedsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("dev.gatehouse.verifier..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax..", "dev.gatehouse.verifier..", "org.jspecify.annotations..")
                .check(ALL);
    }

    @Test
    void coreKnowsNeitherGlueNorFeatureAndGlueKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gatehouse.spi..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage("dev.gatehouse.core..", "dev.gatehouse.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesOf(FEATURES))
                .check(ALL);
    }

    @Test
    void noFeatureKnowsAnother() {
        for (String feature : FEATURES) {
            List<String> others =
                    FEATURES.stream().filter(other -> !other.equals(feature)).toList();
            noClasses()
                    .that()
                    .resideInAPackage("dev.gatehouse." + feature + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packagesOf(others))
                    .allowEmptyShould(true)
                    .check(ALL);
        }
    }

    @Test
    void ofAFeatureOnlyFactoriesAndWhatTheServerCallsArePublic() {
        classes()
                .that()
                .resideInAnyPackage(packagesOf(FEATURES))
                .and()
                .arePublic()
                .and(DescribedPredicate.not(insideOneThatIsNot()))
                .should()
                .haveSimpleNameEndingWith("Factory")
                // ServiceLoader makes only those of a public class.
                .orShould()
                .haveSimpleNameEndingWith("Declarations")
                // RESTEasy calls the methods of a resource or a filter by reflection, and only those of a public class.
                .orShould()
                .haveSimpleNameEndingWith("Resource")
                .orShould()
                .beAnnotatedWith("jakarta.ws.rs.ext.Provider")
                .check(ALL);
    }

    /** What stands in an interface is public by itself; nobody reaches it past the interface. */
    private static DescribedPredicate<JavaClass> insideOneThatIsNot() {
        return DescribedPredicate.describe("inside one that is not", type -> type.getEnclosingClass()
                .filter(outer -> !outer.getModifiers().contains(JavaModifier.PUBLIC))
                .isPresent());
    }

    @Test
    void nobodyReadsTheWallClockButTheInjectedOne() {
        noClasses()
                .should()
                .callMethodWhere(wallClock())
                .because("time is injected as an InstantSource")
                .check(ALL);
    }

    private static DescribedPredicate<JavaMethodCall> wallClock() {
        Set<String> calls = Set.of(
                "java.lang.System.currentTimeMillis",
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone");
        return DescribedPredicate.describe(
                "the wall clock",
                call -> calls.contains(
                        call.getTargetOwner().getName() + "." + call.getTarget().getName()));
    }

    @Test
    void randomnessIsFitForSecrets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
                .check(ALL);
        noClasses().should().callMethod(Math.class, "random").check(ALL);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(ALL);
    }

    @Test
    void nobodyWritesToStandardOutputInTheServer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.gatehouse.core..",
                        "dev.gatehouse.spi..",
                        "dev.gatehouse.broker..",
                        "dev.gatehouse.magiclink..",
                        "dev.gatehouse.ratelimit..",
                        "dev.gatehouse.redis..",
                        "dev.gatehouse.tokens..",
                        "dev.gatehouse.totp..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void onlyPlacesThatEarnItCatchEverything() {
        // Throwable is left out: the compiler itself catches it for every try-with-resources.
        Set<String> broad = Set.of("java.lang.Exception", "java.lang.RuntimeException", "java.lang.Error");
        Set<String> catchers = ALL.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getTryCatchBlocks().stream())
                .filter(block ->
                        block.getCaughtThrowables().stream().anyMatch(caught -> broad.contains(caught.getName())))
                .map(block -> block.getOwner().getOwner().getSimpleName())
                .collect(Collectors.toSet());

        // The end of a worker's stack: nobody else can tell the operator, and the next mail or look must come.
        assertThat(catchers).containsExactlyInAnyOrder("KeyRingSealerFactory", "MailDelivery", "SingleUsePermitStore");
    }

    @Test
    void packagesAreFeaturesAndTellWhereNullMayStand() {
        Set<JavaPackage> packages = ALL.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

        assertThat(packages).allSatisfy(it -> {
            assertThat(it.isAnnotatedWith(NullMarked.class)).as(it.getName()).isTrue();
            assertThat(it.getRelativeName()).isNotIn("util", "helper", "impl", "common", "model", "service");
        });
    }

    private static String[] packagesOf(List<String> features) {
        return features.stream()
                .map(feature -> "dev.gatehouse." + feature + "..")
                .toArray(String[]::new);
    }
}
