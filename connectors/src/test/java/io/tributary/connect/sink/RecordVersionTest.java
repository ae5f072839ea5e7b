package io.tributary.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordVersionTest {
    private static final long MILLIS = 1_767_323_045_006L;

    @Test
    void ofOneTimeTheLaterOffsetIsNewer() {
        assertThat(version(MILLIS, 8)).isGreaterThan(version(MILLIS, 7));
        assertThat(version(MILLIS, 1L << 20)).isGreaterThan(version(MILLIS, (1L << 20) - 1));
    }

    @Test
    void aLaterTimeIsNewerAlsoWhereOffsetsBeganAgain() {
        assertThat(version(MILLIS + 1, 8)).isGreaterThan(version(MILLIS, 7));
        assertThat(version(MILLIS + 1000, 0)).isGreaterThan(version(MILLIS, 1_000_000_000));
    }

    @Test
    void noTimestampIsTooStrange() {
        assertThat(version(null, 5)).isEqualTo(version(-1L, 5)).isEqualTo(5);
        assertThat(version(Long.MAX_VALUE, 1L << 40)).isGreaterThan(version(MILLIS, 1L << 40));
    }

    private static long version(Long timestamp, long offset) {
        return RecordVersion.of(
                new SinkRecord("t", 0, null, null, null, null, offset, timestamp, TimestampType.CREATE_TIME));
    }
}
