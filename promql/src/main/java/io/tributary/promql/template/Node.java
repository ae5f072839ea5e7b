package io.tributary.promql.template;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a parsed template. {@code toString} prints it as messages show it. */
sealed interface Node {

    /** Index of its first character in the template. */
    int position();

    /** Nodes one after the other. */
    record Sequence(int position, List<Node> nodes) implements Node {
        @Override
        public String toString() {
            return nodes.stream().map(Node::toString).collect(Collectors.joining());
        }
    }

    record Text(int position, String text) implements Node {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Prints what the pipeline gives, unless it sets variables. */
    record Action(int position, Pipeline pipeline) implements Node {
        @Override
        public String toString() {
            return "{{" + pipeline + "}}";
        }
    }

    /** {@code if}, {@code with} and {@code range}. */
    record Branch(Token.Kind kind, int position, Pipeline pipeline, Sequence body, Sequence otherwise) implements Node {
        @Override
        public String toString() {
            String last = otherwise == null ? "" : "{{else}}" + otherwise;
            return "{{" + kind.name().toLowerCase(Locale.ROOT) + " " + pipeline + "}}" + body + last + "{{end}}";
        }
    }

    record Break(int position) implements Node {
        @Override
        public String toString() {
            return "{{break}}";
        }
    }

    record Continue(int position) implements Node {
        @Override
        public String toString() {
            return "{{continue}}";
        }
    }

    /** Another template by name; the pipeline, which may be null, is its data. */
    record Include(int position, String name, Pipeline pipeline) implements Node {
        @Override
        public String toString() {
            return "{{template " + Quoting.quote(name) + (pipeline == null ? "" : " " + pipeline) + "}}";
        }
    }

    /** Commands of which each takes what the one before gives as its last argument. */
    record Pipeline(int position, boolean assigns, List<Variable> variables, List<Command> commands) implements Node {
        @Override
        public String toString() {
            String names = variables.stream().map(Variable::toString).collect(Collectors.joining(", "));
            String made = commands.stream().map(Command::toString).collect(Collectors.joining(" | "));
            return names.isEmpty() ? made : names + (assigns ? " = " : " := ") + made;
        }
    }

    /** An operand, or a function or method and its arguments. */
    record Command(int position, List<Node> operands) implements Node {
        @Override
        public String toString() {
            return operands.stream()
                    .map(each -> each instanceof Pipeline ? "(" + each + ")" : each.toString())
                    .collect(Collectors.joining(" "));
        }
    }

    record Dot(int position) implements Node {
        @Override
        public String toString() {
            return ".";
        }
    }

    record Nil(int position) implements Node {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /** A function's name. */
    record Identifier(int position, String name) implements Node {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A variable, its name with the dollar, and fields of its value. */
    record Variable(int position, String name, List<String> fields) implements Node {
        @Override
        public String toString() {
            return name + dotted(fields);
        }
    }

    /** Fields of the dot. */
    record Field(int position, List<String> names) implements Node {
        @Override
        public String toString() {
            return dotted(names);
        }
    }

    /** Fields of what another operand gives. */
    record Chain(int position, Node operand, List<String> fields) implements Node {
        @Override
        public String toString() {
            return (operand instanceof Pipeline ? "(" + operand + ")" : operand.toString()) + dotted(fields);
        }
    }

    /** A constant: a boolean, a number or a text, and how it is written. */
    record Literal(int position, Object value, String written) implements Node {
        @Override
        public String toString() {
            return written;
        }
    }

    /**
     * Where a sequence of nodes ends: {@code end}, {@code else}, or what follows an {@code else}. Only while parsing.
     */
    record Mark(int position, Token.Kind kind) implements Node {
        @Override
        public String toString() {
            return kind == Token.Kind.END ? "{{end}}" : "{{else}}";
        }
    }

    private static String dotted(List<String> names) {
        return names.stream().map(name -> "." + name).collect(Collectors.joining());
    }
}
