package io.tributary.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.tributary.metrics", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule springIsAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.metrics", "io.tributary.metrics.config")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.micrometer..", "io.tributary.runtime.config..");

    @ArchTest
    static final ArchRule arithmeticKnowsNeitherKafkaNorStores = noClasses()
            .that()
            .resideInAnyPackage("..metrics.rollup..", "..metrics.window..", "..metrics.point..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..", "..metrics.state..", "..metrics.stream..");

    @ArchTest
    static final ArchRule stateKnowsNotWhoUsesIt = noClasses()
            .that()
            .resideInAPackage("..metrics.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..metrics.stream..", "..metrics.config..", "io.tributary.runtime..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.tributary.metrics.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule timeIsGiven = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now");
}
