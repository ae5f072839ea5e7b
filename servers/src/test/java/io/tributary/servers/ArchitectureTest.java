package io.tributary.servers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.servers", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SERVERS_DO_NOT_KNOW_TESTS = noClasses()
            .that()
            .resideInAPackage("io.tributary.servers")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..fixture..", "org.testcontainers..", "kafka..", "org.springframework..");
}
