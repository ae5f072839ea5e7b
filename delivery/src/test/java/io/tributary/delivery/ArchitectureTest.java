package io.tributary.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "io.tributary.delivery", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.micrometer..", "org.apache.kafka.connect..");

    @ArchTest
    static final ArchRule offsetsAndBulkKnowNothingOfKafkaClients = noClasses()
            .that()
            .resideInAnyPackage("..arena..", "..offset..", "..bulk..", "..elasticsearch..", "..retry..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule packagesDependOneWay = SlicesRuleDefinition.slices()
            .matching("io.tributary.delivery.(*)..")
            .should()
            .beFreeOfCycles();
}
