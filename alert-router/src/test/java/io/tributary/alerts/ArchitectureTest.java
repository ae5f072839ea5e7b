package io.tributary.alerts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "io.tributary.alerts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyWiringAndHttpKnowSpring = noClasses()
            .that()
            .resideOutsideOfPackages("..config..", "..http..")
            .and()
            .doNotHaveSimpleName("Application")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule theCoreKnowsNothingOfKafka = noClasses()
            .that()
            .resideInAnyPackage(
                    "..rules..",
                    "..planning..",
                    "..selection..",
                    "..retention..",
                    "..series..",
                    "..evaluation..",
                    "..grouping..",
                    "..routing..",
                    "..label..",
                    "..yaml..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.net.http..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = SlicesRuleDefinition.slices()
            .matching("io.tributary.alerts.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
