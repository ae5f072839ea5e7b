package io.tributary.delivery.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.delivery.arena.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkBodyTest {
    @Test
    void eachItemIsALineThatSaysWhatToDoAndALineWithTheDocument() {
        BulkBody body = new BulkBody(List.of(
                BulkItem.create("logs-a-b", "one\"", Slice.of(utf8("{\"a\":\"ä\"}")), 0, settlement -> {}),
                BulkItem.indexVersion("traces", "two", 7, utf8("{}"), settlement -> {})));

        assertThat(joined(body)).asString(StandardCharsets.UTF_8).isEqualTo("""
                {"create":{"_index":"logs-a-b","_id":"one\\""}}
                {"a":"ä"}
                {"index":{"_index":"traces","_id":"two","version_type":"external","version":7}}
                {}
                """);
        assertThat(body.size()).isEqualTo(joined(body).length);
    }

    @Test
    void aBodyOfManyPartsIsTheSameAsOftenAsItIsSent() {
        List<BulkItem> items = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        // Lengths on both sides of a part's, so that lines end before, at and behind the ends of parts.
        for (int length = 0; length < 40_000; length += 997) {
            String document = "{\"text\":\"" + "x".repeat(length) + "\"}";
            items.add(BulkItem.create("logs", "id" + length, utf8(document), settlement -> {}));
            expected.append("{\"create\":{\"_index\":\"logs\",\"_id\":\"id")
                    .append(length)
                    .append("\"}}\n")
                    .append(document)
                    .append('\n');
        }
        BulkBody body = new BulkBody(items);

        assertThat(body)
                .hasSizeGreaterThan(40)
                .allSatisfy(part -> assertThat(part).hasSizeBetween(1, 16 << 10));
        assertThat(joined(body)).asString(StandardCharsets.UTF_8).isEqualTo(expected.toString());
        assertThat(joined(body)).as("sent again").hasSize(body.size());
    }

    @Test
    void itIsReadOnceEverySendingHasComeToItsEnd() {
        BulkBody body = new BulkBody(List.of(BulkItem.create("logs", "id", utf8("{}"), settlement -> {})));
        assertThat(body.isRead()).as("not sent").isFalse();
        Iterator<byte[]> brokenOff = body.iterator();
        joined(body);
        assertThat(body.isRead()).as("sent, and another sending has not ended").isFalse();
        brokenOff.forEachRemaining(part -> {});
        assertThat(body.isRead()).isTrue();
    }

    @Test
    void noItemsAreNoParts() {
        assertThat(new BulkBody(List.of())).isEmpty();
    }

    private static byte[] joined(BulkBody body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        body.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
