package io.athena.dhcpd.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** The module graph and the package rules of the architecture page, as far as the poms do not enforce them. */
@AnalyzeClasses(packages = "io.athena.dhcpd", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

    private static final String[] FEATURES = {
        "io.athena.dhcpd.dhcp..",
        "io.athena.dhcpd.conflict..",
        "io.athena.dhcpd.events..",
        "io.athena.dhcpd.ddns..",
        "io.athena.dhcpd.ha.."
    };

    @ArchTest
    static final ArchRule modulesDependDownwardsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("io.athena.dhcpd.core..")
            .layer("features")
            .definedBy(FEATURES)
            .layer("api")
            .definedBy("io.athena.dhcpd.api..")
            .layer("app")
            .definedBy("io.athena.dhcpd.app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("features")
            .mayOnlyBeAccessedByLayers("api", "app");

    @ArchTest
    static final ArchRule featureModulesNeverSeeEachOther =
            slices().assignedFrom(new FeatureModules()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule corePackagesFormNoCircle =
            slices().matching("io.athena.dhcpd.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dhcpPackagesFormNoCircle =
            slices().matching("io.athena.dhcpd.dhcp.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("io.athena.dhcpd.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "reactor..", "io.netty..");

    @ArchTest
    static final ArchRule onlyTheStoreKnowsXodus = only("io.athena.dhcpd.core.store..", "jetbrains.exodus..");

    @ArchTest
    static final ArchRule onlyTheConfigurationKnowsNightConfig =
            only("io.athena.dhcpd.core.config..", "com.electronwill..");

    @ArchTest
    static final ArchRule onlyTheLinkKnowsForeignFunctions = only("io.athena.dhcpd.core.link..", "jnr.ffi..");

    @ArchTest
    static final ArchRule onlyTheControlSocketKnowsJnrUnixsocket =
            only("io.athena.dhcpd.app.control..", "jnr.unixsocket..", "jnr.enxio..");

    @ArchTest
    static final ArchRule onlyApiAndItsWiringKnowSpring = noClasses()
            .that()
            .resideOutsideOfPackages("io.athena.dhcpd.api..", "io.athena.dhcpd.app.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot..", "org.springframework.context..", "org.springframework.web..");

    @ArchTest
    static final ArchRule nobodyReadsTheWallClock = noClasses()
            .that()
            .resideOutsideOfPackage("io.athena.dhcpd.core.time..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule onlyTheScriptHookStartsProcesses = noClasses()
            .that()
            .resideOutsideOfPackage("io.athena.dhcpd.events.script..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = ArchRuleDefinition.classes()
            .that()
            .doNotHaveSimpleName("package-info")
            .should(new BeInANullMarkedPackage());

    private static ArchRule only(String owner, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    /** Each feature module is a slice; all else belongs to none. */
    private static final class FeatureModules implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            for (String feature : FEATURES) {
                String name = feature.substring(0, feature.length() - 2);
                if (javaClass.getPackageName().equals(name)
                        || javaClass.getPackageName().startsWith(name + ".")) {
                    return SliceIdentifier.of(name);
                }
            }
            return SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "feature modules";
        }
    }

    private static final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {
        BeInANullMarkedPackage() {
            super("be in a package whose package-info is @NullMarked");
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            boolean marked =
                    item.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
            events.add(new SimpleConditionEvent(item, marked, item.getName() + " is in a package that is not marked"));
        }
    }
}
