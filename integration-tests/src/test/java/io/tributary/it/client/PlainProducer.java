package io.tributary.it.client;

import io.tributary.it.system.Command;
import io.tributary.it.system.Http;
import io.tributary.it.system.Tributary;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer in the way of another language: it has the schema's file, the registry's address and Avro's and Kafka's
 * own libraries, and nothing of Tributary.
 */
public final class PlainProducer implements AutoCloseable {
    private static final int MAGIC = 0;

    private final Tributary tributary;
    private final KafkaProducer<byte[], byte[]> producer;

    public PlainProducer(Tributary tributary) {
        this.tributary = tributary;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", tributary.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The schema in the file that is released under this name. */
    public static Schema released(String name) throws IOException {
        return new Schema.Parser()
                .parse(Files.readString(Command.root().resolve("schemas/released/0.1.0/" + name + ".avsc")));
    }

    /** The id of the newest schema of the topic's values, as the registry tells it over HTTP. */
    public int schemaId(String topic) {
        return Http.get(tributary.at("REGISTRY", "/apis/ccompat/v7/subjects/" + topic + "-value/versions/latest"))
                .get("id")
                .asInt();
    }

    /** Sends the record as a zero byte, four bytes with the schema's id, and Avro's binary form. */
    public void send(String topic, byte[] key, int schemaId, GenericRecord record) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream head = new DataOutputStream(bytes)) {
            head.writeByte(MAGIC);
            head.writeInt(schemaId);
        }
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
        encoder.flush();
        send(topic, key, bytes.toByteArray());
    }

    /** Sends these bytes as they are. */
    public void send(String topic, byte[] key, byte[] value) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
