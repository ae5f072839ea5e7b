package io.tributary.traces;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.traces", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theLogicKnowsNeitherKafkaNorSpring = noClasses()
            .that()
            .resideInAnyPackage("..traces.tree..", "..traces.skew..", "..traces.edge..", "..traces.assembly..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "org.springframework..", "..traces.stream..", "..traces.config..");

    @ArchTest
    static final ArchRule theTreeKnowsNoOtherStep = noClasses()
            .that()
            .resideInAPackage("..traces.tree..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..traces.edge..", "..traces.assembly..");

    @ArchTest
    static final ArchRule theTopologyKnowsNothingOfSpring = noClasses()
            .that()
            .resideInAPackage("..traces.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "..traces.config..");
}
