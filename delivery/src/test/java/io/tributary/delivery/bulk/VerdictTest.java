package io.tributary.delivery.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.delivery.elasticsearch.ElasticsearchError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final String CONFLICT = "version_conflict_engine_exception";

    @ParameterizedTest
    @CsvSource({
        "200, '', STORED",
        "201, '', STORED",
        "400, document_parsing_exception, UNMAPPABLE",
        "400, mapper_parsing_exception, UNMAPPABLE",
        "400, strict_dynamic_mapping_exception, UNMAPPABLE",
        "400, illegal_argument_exception, REFUSED",
        "400, index_closed_exception, HOLD",
        "400, validation_exception, HOLD",
        "401, security_exception, HOLD",
        "403, cluster_block_exception, HOLD",
        "403, security_exception, HOLD",
        "404, index_not_found_exception, HOLD",
        "408, timeout_exception, RETRY",
        "409, version_conflict_engine_exception, DUPLICATE",
        "409, resource_already_exists_exception, RETRY",
        "413, '', TOO_LARGE",
        "422, whatever_exception, REFUSED",
        "429, es_rejected_execution_exception, THROTTLED",
        "429, circuit_breaking_exception, THROTTLED",
        "429, cluster_block_exception, THROTTLED",
        "500, io_exception, RETRY",
        "503, unavailable_shards_exception, RETRY",
    })
    void itemThatWasToBeCreated(int status, String type, ItemVerdict expected) {
        BulkAnswer.Item item =
                new BulkAnswer.Item("index", status, new ElasticsearchError(type, "words mean nothing"), false);
        assertThat(ItemVerdict.of(new Operation.Create(), item)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"200", "201"})
    void itemInTheFailureStoreIsDiverted(int status) {
        BulkAnswer.Item item = new BulkAnswer.Item("index", status, ElasticsearchError.NONE, true);
        assertThat(ItemVerdict.of(new Operation.Create(), item)).isEqualTo(ItemVerdict.DIVERTED);
    }

    @Test
    void conflictMeansWhatTheOperationAskedFor() {
        BulkAnswer.Item item = new BulkAnswer.Item("index", 409, new ElasticsearchError(CONFLICT, ""), false);
        assertThat(ItemVerdict.of(new Operation.IndexIf(3, 1), item)).isEqualTo(ItemVerdict.CONFLICT);
        assertThat(ItemVerdict.of(new Operation.IndexVersion(3), item)).isEqualTo(ItemVerdict.DUPLICATE);
    }

    @ParameterizedTest
    @CsvSource({
        "200, ITEMS",
        "301, HOLD",
        "400, MALFORMED",
        "401, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, HOLD",
        "405, HOLD",
        "408, RETRY",
        "413, TOO_LARGE",
        "429, THROTTLED",
        "500, RETRY",
        "502, RETRY",
        "503, RETRY",
        "504, RETRY",
    })
    void request(int status, RequestVerdict expected) {
        assertThat(RequestVerdict.of(status)).isEqualTo(expected);
    }
}
