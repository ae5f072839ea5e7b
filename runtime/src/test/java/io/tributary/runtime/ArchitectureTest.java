package io.tributary.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule streamsKnowNothingOfSpring = noClasses()
            .that()
            .resideInAPackage("..stream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "..runtime.config..");
}
