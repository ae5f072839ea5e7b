package io.tributary.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyConfigurationKnowsSpring = noClasses()
            .that()
            .resideInAPackage("io.tributary.gateway.*..")
            .and()
            .resideOutsideOfPackage("..gateway.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.tributary.runtime..");

    @ArchTest
    static final ArchRule logicKnowsNeitherKafkaNorNetwork = noClasses()
            .that()
            .resideInAnyPackage("..gateway.translate..", "..gateway.validate..", "..gateway.prometheus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "com.linecorp.armeria..", "io.netty..", "io.micrometer..");

    @ArchTest
    static final ArchRule onlyReceiversKnowTheServer = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.otlp..", "..gateway.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.linecorp.armeria..");

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.config..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule stepsDoNotGoInCircles =
            slices().matching("io.tributary.gateway.(*)..").should().beFreeOfCycles();
}
