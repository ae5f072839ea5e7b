package io.tributary.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_COMMANDS_KNOW_PICOCLI = noClasses()
            .that()
            .resideInAnyPackage("..part..", "..running..", "..connector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "..command..");

    @ArchTest
    static final ArchRule NOTHING_OF_THE_SERVICES_IS_LINKED_IN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.tributary.servers.fixture..", "io.tributary.runtime..");
}
