package io.tributary.traces.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.traces.assembly.TraceKey;
import io.tributary.traces.stream.Alarms.Alarm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("alarms").get();
    private Alarms alarms;
    private long number;

    AlarmsTest() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        alarms = new Alarms(store);
    }

    @Test
    void theyGoOffInTheOrderOfTheirTimesWhenTheyAreDue() {
        alarms.set(5_500, key(1));
        alarms.set(5_100, key(2));
        alarms.set(7_000, key(3));
        assertThat(due(5_099)).isEmpty();
        assertThat(due(5_100)).containsExactly(alarm(5_100, 2));
        alarms.set(5_200, key(4));
        alarms.set(5_900, key(5));
        assertThat(due(5_800)).containsExactly(alarm(5_200, 4), alarm(5_500, 1));
        assertThat(due(100_000)).containsExactly(alarm(5_900, 5), alarm(7_000, 3));
        assertThat(due(200_000)).isEmpty();
    }

    @Test
    void thoseThatWereSavedGoOffAfterARestart() {
        alarms.set(5_500, key(1));
        save();
        alarms.set(5_100, key(2));
        save();
        alarms.set(5_200, key(3));
        restart();
        assertThat(due(5_300)).as("3 was not saved").containsExactly(alarm(5_100, 2));
        assertThat(due(6_000)).containsExactly(alarm(5_500, 1));
    }

    @Test
    void whatWentOffIsNotKept() {
        for (int second = 1; second <= 100; second++) {
            alarms.set(second * 1000L + 1, key(second));
            save();
        }
        assertThat(due(99_000)).hasSize(98);
        restart();
        assertThat(due(1_000_000))
                .extracting(Alarm::key)
                .contains(key(99), key(100))
                .hasSizeLessThanOrEqualTo(4);
        assertThat(store.approximateNumEntries()).isLessThanOrEqualTo(2);
    }

    @Test
    void everyOneGoesOffOnceHoweverTimePassesAndWheneverTheyAreSaved() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Alarm> expected = new ArrayList<>();
            List<Alarm> seen = new ArrayList<>();
            alarms = new Alarms(store);
            long now = 0;
            for (int i = 0; i < 2000; i++) {
                Alarm alarm = alarm(now + 1 + random.nextInt(20_000), i);
                expected.add(alarm);
                alarms.set(alarm.time(), alarm.key());
                if (random.nextInt(10) == 0) {
                    save();
                }
                now += random.nextInt(random.nextInt(50) == 0 ? 50_000 : 50);
                seen.addAll(due(now));
            }
            seen.addAll(due(now + 100_000));
            Collections.sort(expected);
            assertThat(seen).isEqualTo(expected);
        }
    }

    private void save() {
        number = alarms.save(number);
    }

    private void restart() {
        alarms = new Alarms(store);
    }

    private List<Alarm> due(long now) {
        List<Alarm> all = new ArrayList<>();
        for (List<Alarm> some = alarms.due(now); !some.isEmpty(); some = alarms.due(now)) {
            all.addAll(some);
        }
        return all;
    }

    private static Alarm alarm(long time, int key) {
        return new Alarm(time, key(key));
    }

    private static TraceKey key(int number) {
        return new TraceKey(new byte[] {(byte) (number >> 8), (byte) number});
    }
}
