package io.tributary.logindexer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.logindexer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyConfigKnowsSpring = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.logindexer", "..config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.micrometer..");

    @ArchTest
    static final ArchRule documentsKnowNothingOfKafkaAndElasticsearch = noClasses()
            .that()
            .resideInAPackage("..document..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.tributary.delivery..", "..consume..");
}
