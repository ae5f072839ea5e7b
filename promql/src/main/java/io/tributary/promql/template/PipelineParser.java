package io.tributary.promql.template;

import io.tributary.promql.label.Quoted;
import io.tributary.promql.template.Node.Pipeline;
import io.tributary.promql.template.Node.Variable;
import io.tributary.promql.template.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads what stands within actions, and knows which variables are declared there. */
final class PipelineParser {

    /** The variable that holds the data of the whole template. */
    static final String ROOT = "$";

    private static final String RANGE = "range";
    private static final Set<Kind> OPERANDS = EnumSet.of(
            Kind.BOOLEAN,
            Kind.RUNE,
            Kind.DOT,
            Kind.FIELD,
            Kind.IDENTIFIER,
            Kind.NUMBER,
            Kind.NIL,
            Kind.RAW_STRING,
            Kind.STRING,
            Kind.VARIABLE,
            Kind.LEFT_PAREN);

    private final Cursor cursor;
    private final Functions functions;
    private List<String> variables = new ArrayList<>(List.of(ROOT));

    PipelineParser(Cursor cursor, Functions functions) {
        this.cursor = cursor;
        this.functions = functions;
    }

    int declared() {
        return variables.size();
    }

    /** Forgets what was declared since there were so many variables. */
    void forget(int count) {
        variables.subList(count, variables.size()).clear();
    }

    /** Begins anew, as within a template of its own; gives what was declared before. */
    List<String> anew() {
        List<String> before = variables;
        variables = new ArrayList<>(List.of(ROOT));
        return before;
    }

    void restore(List<String> before) {
        variables = before;
    }

    Pipeline pipeline(String context, Kind end) {
        int position = cursor.peekPastSpace().position();
        var declared = new ArrayList<Variable>();
        boolean assigns = declarations(context, declared);
        var commands = new ArrayList<Node.Command>();
        while (true) {
            Token token = cursor.peekPastSpace();
            if (token.kind() == end) {
                cursor.next();
                var pipeline = new Pipeline(position, assigns, List.copyOf(declared), List.copyOf(commands));
                check(pipeline, context);
                return pipeline;
            }
            if (!OPERANDS.contains(token.kind())) {
                cursor.next();
                throw cursor.unexpected(token, context);
            }
            commands.add(command());
        }
    }

    /** Reads the variables before the sign, if there are any; whether the sign is that of an assignment. */
    private boolean declarations(String context, List<Variable> declared) {
        while (cursor.peekPastSpace().kind() == Kind.VARIABLE) {
            int mark = cursor.mark();
            Token variable = cursor.next();
            Token sign = cursor.peekPastSpace();
            boolean comma = sign.kind() == Kind.CHARACTER && sign.text().equals(",");
            if (sign.kind() != Kind.ASSIGN && sign.kind() != Kind.DECLARE && !comma) {
                cursor.back(mark);
                return false;
            }
            cursor.next();
            if (sign.kind() == Kind.ASSIGN && !variables.contains(variable.text())) {
                throw cursor.failure("undefined variable " + Quoting.quote(variable.text()));
            }
            declared.add(new Variable(variable.position(), variable.text(), List.of()));
            variables.add(variable.text());
            if (!comma) {
                return sign.kind() == Kind.ASSIGN;
            }
            if (!context.equals(RANGE) || declared.size() > 1) {
                throw cursor.failure("too many declarations in " + context);
            }
            if (cursor.peekPastSpace().kind() != Kind.VARIABLE) {
                throw cursor.failure("range can only initialize variables");
            }
        }
        return false;
    }

    private void check(Pipeline pipeline, String context) {
        if (pipeline.commands().isEmpty()) {
            throw cursor.failure("missing value for " + context);
        }
        for (int i = 1; i < pipeline.commands().size(); i++) {
            Node first = pipeline.commands().get(i).operands().getFirst();
            if (first instanceof Node.Dot || first instanceof Node.Nil || first instanceof Node.Literal) {
                throw cursor.failure("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Node.Command command() {
        int position = cursor.peekPastSpace().position();
        var operands = new ArrayList<Node>();
        while (true) {
            cursor.peekPastSpace();
            Node operand = operand();
            if (operand != null) {
                operands.add(operand);
            }
            Token token = cursor.peek();
            if (token.kind() == Kind.RIGHT || token.kind() == Kind.RIGHT_PAREN) {
                break;
            }
            cursor.next();
            if (token.kind() == Kind.PIPE) {
                if (!OPERANDS.contains(cursor.peekPastSpace().kind())) {
                    throw cursor.failure("missing value for command");
                }
                break;
            }
            if (token.kind() != Kind.SPACE) {
                throw cursor.unexpected(token, "operand");
            }
        }
        if (operands.isEmpty()) {
            throw cursor.failure("empty command");
        }
        return new Node.Command(position, List.copyOf(operands));
    }

    /** A term and the fields after it; null if none stands there. */
    private Node operand() {
        Node term = term();
        if (term == null || cursor.peek().kind() != Kind.FIELD) {
            return term;
        }
        int position = cursor.peek().position();
        var fields = new ArrayList<String>();
        while (cursor.peek().kind() == Kind.FIELD) {
            fields.add(cursor.next().text().substring(1));
        }
        return switch (term) {
            case Node.Field field -> new Node.Field(position, joined(field.names(), fields));
            case Variable variable -> new Variable(position, variable.name(), joined(variable.fields(), fields));
            case Node.Literal literal -> throw afterTerm(literal);
            case Node.Nil nil -> throw afterTerm(nil);
            case Node.Dot dot -> throw afterTerm(dot);
            default -> new Node.Chain(position, term, List.copyOf(fields));
        };
    }

    private TemplateException afterTerm(Node term) {
        return cursor.failure("unexpected . after term " + Quoting.quote(term.toString()));
    }

    private static List<String> joined(List<String> first, List<String> then) {
        var all = new ArrayList<>(first);
        all.addAll(then);
        return List.copyOf(all);
    }

    private Node term() {
        Token token = cursor.peekPastSpace();
        if (!OPERANDS.contains(token.kind())) {
            return null;
        }
        cursor.next();
        int position = token.position();
        String text = token.text();
        return switch (token.kind()) {
            case IDENTIFIER -> {
                if (!functions.has(text)) {
                    throw cursor.failure("function " + Quoting.quote(text) + " not defined");
                }
                yield new Node.Identifier(position, text);
            }
            case VARIABLE -> {
                if (!variables.contains(text)) {
                    throw cursor.failure("undefined variable " + Quoting.quote(text));
                }
                yield new Variable(position, text, List.of());
            }
            case DOT -> new Node.Dot(position);
            case NIL -> new Node.Nil(position);
            case FIELD -> new Node.Field(position, List.of(text.substring(1)));
            case BOOLEAN -> new Node.Literal(position, Boolean.valueOf(text), text);
            case LEFT_PAREN -> pipeline("parenthesized pipeline", Kind.RIGHT_PAREN);
            case NUMBER -> new Node.Literal(position, number(text), text);
            case RUNE -> new Node.Literal(position, (long) unquoted(text).codePointAt(0), text);
            default -> new Node.Literal(position, unquoted(text), text);
        };
    }

    private Number number(String text) {
        try {
            return Numeral.value(text);
        } catch (ArithmeticException e) {
            throw cursor.failure("integer overflow: " + Quoting.quote(text));
        }
    }

    String unquoted(String text) {
        try {
            return Quoted.unquote(text);
        } catch (IllegalArgumentException e) {
            throw cursor.failure("invalid syntax");
        }
    }
}
