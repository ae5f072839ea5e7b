package io.tributary.local.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.local.ledger", importOptions = DoNotIncludeTests.class)
class LedgerArchitectureTest {

    @ArchTest
    static final ArchRule BALANCING_KNOWS_NO_KAFKA = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Kafka")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");
}
