package io.tributary.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The sinks do not know each other, what is pure stays pure, and nothing needs Spring. */
@AnalyzeClasses(packages = "io.tributary.connect", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SERIES_ARE_PLAIN_JAVA = noClasses()
            .that()
            .resideInAPackage("..series..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.net.http..", "..connect.sink..", "..connect.wire..");

    @ArchTest
    static final ArchRule MAPPINGS_ARE_PLAIN_JAVA = noClasses()
            .that()
            .haveNameMatching(
                    ".*\\.(LineProtocol|MetricRows|ColumnNames|WriteRequest|Protobuf|Series|MetricPoints|JaegerSpan|JaegerTags|TraceDocument|EdgeDocuments)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.net.http..");

    @ArchTest
    static final ArchRule SINKS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("io.tributary.connect.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_SINK_USES_ANOTHER = noClasses()
            .that()
            .resideInAPackage("..influx..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..remotewrite..", "..connect.elasticsearch..");

    @ArchTest
    static final ArchRule NO_SPRING =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule CONNECTORS_ARE_NAMED_SO = classes()
            .that()
            .areAssignableTo(org.apache.kafka.connect.sink.SinkConnector.class)
            .should()
            .haveSimpleNameEndingWith("SinkConnector");
}
