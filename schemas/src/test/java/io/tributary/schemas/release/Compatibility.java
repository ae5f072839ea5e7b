package io.tributary.schemas.release;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Compares two versions of a schema in both directions, as a registry does that demands {@code FULL}. */
final class Compatibility {
    private Compatibility() {}

    /** What breaks between the versions, each with the field's name; empty if nothing does. */
    static List<String> problems(String release, Schema released, Schema current) {
        List<String> problems = new ArrayList<>();
        explain("data of " + release + " cannot be read now", current, released, problems);
        explain("data of now cannot be read by " + release, released, current, problems);
        return problems;
    }

    private static void explain(String what, Schema reader, Schema writer, List<String> problems) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        SchemaCompatibilityResult result = pair.getResult();
        result.getIncompatibilities()
                .forEach(one -> problems.add("%s, %s: %s: %s (%s)"
                        .formatted(
                                reader.getName(),
                                fieldOf(reader, one.getLocation()),
                                what,
                                one.getMessage(),
                                one.getType())));
    }

    /** Turns a JSON pointer such as /fields/3/type/0 into the name of the field that it leads through. */
    private static String fieldOf(Schema schema, String location) {
        StringBuilder path = new StringBuilder("field");
        Schema at = schema;
        String[] steps = location.split("/", -1);
        for (int i = 1; i + 1 < steps.length; i++) {
            if (steps[i].equals("fields") && at.getType() == Schema.Type.RECORD) {
                Schema.Field field = at.getFields().get(Integer.parseInt(steps[++i]));
                path.append(' ').append(field.name());
                at = field.schema();
            }
        }
        return path + " at " + location;
    }
}
