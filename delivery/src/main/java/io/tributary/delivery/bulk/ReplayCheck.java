package io.tributary.delivery.bulk;

import io.tributary.delivery.elasticsearch.ElasticsearchAnswer;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Keeps a replay across a rollover from writing documents again. Elasticsearch knows an id within one backing index
 * only. A document whose Kafka record is younger than the newest backing index cannot be in an older one; every other
 * one is looked for in those older indices that took documents at or after the record's time.
 */
final class ReplayCheck {
    /** How far the clocks of producers and of Elasticsearch may be apart. */
    private static final long CLOCK_SKEW_MILLIS = 60_000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String LOOK_UP = "/_mget?_source=false&filter_path=docs._id,docs.found";

    private record Question(int item, String index) {}

    private final ElasticsearchHttp elasticsearch;
    private final BackingIndices indices;

    ReplayCheck(ElasticsearchHttp elasticsearch) {
        this.elasticsearch = elasticsearch;
        this.indices = new BackingIndices(elasticsearch);
    }

    /** The backing indices of the items' data streams, as far as we have heard of them. */
    Map<String, List<BackingIndices.Backing>> indices(List<BulkItem> items) throws IOException, InterruptedException {
        Map<String, List<BackingIndices.Backing>> all = new HashMap<>();
        for (BulkItem item : items) {
            if (item.possiblyWrittenSince() != BulkItem.NEVER_WRITTEN && !all.containsKey(item.target())) {
                all.put(item.target(), indices.of(item.target()));
            }
        }
        return all;
    }

    /** Which of the items are in an older backing index; {@link IOException} if that cannot be told now. */
    BitSet stored(List<BulkItem> items) throws IOException, InterruptedException {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            BulkItem item = items.get(i);
            if (item.possiblyWrittenSince() != BulkItem.NEVER_WRITTEN) {
                ask(i, item, indices.of(item.target()), questions);
            }
        }
        return questions.isEmpty() ? new BitSet() : lookUp(items, questions);
    }

    /**
     * Which answers tell of a rollover that we had not heard of when the items were first to be sent, so that older
     * indices were not asked, where an attempt without an answer may have left them since. What is remembered of the
     * data stream is forgotten then.
     *
     * @param asked the backing indices that were known then
     */
    BitSet unforeseen(
            List<BulkItem> items, List<BulkAnswer.Item> answers, Map<String, List<BackingIndices.Backing>> asked) {
        BitSet unforeseen = new BitSet();
        for (int i = 0; i < items.size(); i++) {
            BulkItem item = items.get(i);
            String index = answers.get(i).index();
            if (item.possiblyWrittenSince() != BulkItem.NEVER_WRITTEN
                    && isTaken(answers.get(i))
                    && !index.equals(item.target())
                    && asked.get(item.target()).stream()
                            .noneMatch(known -> known.name().equals(index))) {
                unforeseen.set(i);
            }
        }
        unforeseen.stream().forEach(i -> indices.forget(items.get(i).target()));
        return unforeseen;
    }

    /** Takes a document out again that turned out to be in an older index too. */
    void remove(String index, String id) throws IOException, InterruptedException {
        String path = '/' + ElasticsearchHttp.segment(index) + "/_doc/" + ElasticsearchHttp.segment(id);
        ElasticsearchAnswer answer = elasticsearch.send("DELETE", path, "");
        if (!answer.isSuccess() && answer.status() != 404) {
            throw new IOException("DELETE " + index + ": HTTP " + answer.status());
        }
    }

    private static boolean isTaken(BulkAnswer.Item answer) {
        return (answer.status() / 100 == 2 && !answer.diverted()) || answer.status() == 409;
    }

    private static void ask(int number, BulkItem item, List<BackingIndices.Backing> backing, List<Question> questions) {
        for (int older = 0; older < backing.size() - 1; older++) {
            long tookDocumentsUntil = backing.get(older + 1).createdMillis() + CLOCK_SKEW_MILLIS;
            if (item.possiblyWrittenSince() < tookDocumentsUntil) {
                questions.add(new Question(number, backing.get(older).name()));
            }
        }
    }

    private BitSet lookUp(List<BulkItem> items, List<Question> questions) throws IOException, InterruptedException {
        byte[] body = body(items, questions);
        ElasticsearchAnswer answer =
                elasticsearch.send("POST", LOOK_UP, ElasticsearchHttp.JSON, List.of(body), body.length);
        if (!answer.isSuccess()) {
            throw new IOException("look-up of ids: HTTP " + answer.status());
        }
        BitSet found = new BitSet();
        List<Boolean> answers = parse(answer.body());
        if (answers.size() != questions.size()) {
            throw new IOException("look-up of ids: " + answers.size() + " (expected: " + questions.size() + ")");
        }
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i)) {
                found.set(questions.get(i).item());
            }
        }
        return found;
    }

    private static byte[] body(List<BulkItem> items, List<Question> questions) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(questions.size() * 96);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("docs");
            for (Question question : questions) {
                json.writeStartObject();
                json.writeStringProperty("_index", question.index());
                json.writeStringProperty("_id", items.get(question.item()).id());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    /** Whether each was found; one whose index is gone or closed counts as not found. */
    private static List<Boolean> parse(byte[] body) throws IOException {
        List<Boolean> found = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> {
                        depth++;
                        if (depth == 2) {
                            found.add(false);
                        }
                    }
                    case END_OBJECT -> depth--;
                    case VALUE_TRUE -> found.set(found.size() - 1, true);
                    default -> {}
                }
            }
        } catch (JacksonException e) {
            throw new IOException("look-up of ids: not readable", e);
        }
        return found;
    }
}
