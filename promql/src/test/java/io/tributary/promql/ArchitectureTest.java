package io.tributary.promql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.promql", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule A_LIBRARY_OF_PLAIN_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.promql..",
                    "java..",
                    "com.google.re2j..",
                    "org.yaml.snakeyaml..",
                    "javax.annotation..");

    @ArchTest
    static final ArchRule THE_TREE_KNOWS_NOTHING_OF_ITS_USERS = noClasses()
            .that()
            .resideInAPackage("io.tributary.promql.ast..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.promql.parser..",
                    "io.tributary.promql.engine..",
                    "io.tributary.promql.function..",
                    "io.tributary.promql.storage..");

    @ArchTest
    static final ArchRule HISTOGRAMS_ARE_PURE = noClasses()
            .that()
            .resideInAnyPackage("io.tributary.promql.histogram..", "io.tributary.promql.label..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.promql.ast..",
                    "io.tributary.promql.parser..",
                    "io.tributary.promql.engine..",
                    "io.tributary.promql.function..",
                    "io.tributary.promql.storage..");

    @ArchTest
    static final ArchRule FUNCTIONS_DO_NOT_KNOW_THE_ENGINE = noClasses()
            .that()
            .resideInAPackage("io.tributary.promql.function..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tributary.promql.engine..", "io.tributary.promql.parser..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_STORE_AND_NO_SCRIPT = noClasses()
            .that()
            .resideInAPackage("io.tributary.promql.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.promql.storage.memory..",
                    "io.tributary.promql.testlanguage..",
                    "io.tributary.promql.template..",
                    "io.tributary.promql.rule..");
}
