package io.tributary.promql.template;

import io.tributary.promql.template.Node.Pipeline;
import io.tributary.promql.template.Node.Sequence;
import io.tributary.promql.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a template and those that are defined within it. Go: text/template/parse, "Tree". */
final class TemplateParser {

    private final String name;
    private final String text;
    private final Cursor cursor;
    private final PipelineParser pipelines;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private int ranges;

    private TemplateParser(String name, String text, Functions functions) {
        this.name = name;
        this.text = text;
        this.cursor = new Cursor(name, Lexer.tokens(text));
        this.pipelines = new PipelineParser(cursor, functions);
    }

    /** The template and those within it, by name. */
    static Map<String, Template> parse(String name, String text, Functions functions) {
        var parser = new TemplateParser(name, text, functions);
        parser.all();
        return parser.templates;
    }

    private void all() {
        var nodes = new ArrayList<Node>();
        while (cursor.peek().kind() != Kind.END_OF_TEXT) {
            int mark = cursor.mark();
            if (cursor.next().kind() == Kind.LEFT && cursor.peekPastSpace().kind() == Kind.DEFINE) {
                cursor.next();
                define();
                continue;
            }
            cursor.back(mark);
            Node node = textOrAction();
            if (node instanceof Node.Mark unmatched) {
                throw cursor.failure("unexpected " + unmatched);
            }
            nodes.add(node);
        }
        add(name, new Sequence(0, nodes));
    }

    private void add(String of, Sequence body) {
        templates.put(of, new Template(of, name, text, body));
    }

    private Node textOrAction() {
        Token token = cursor.nextPastSpace();
        return switch (token.kind()) {
            case TEXT -> new Node.Text(token.position(), token.text());
            case LEFT -> action();
            default -> throw cursor.unexpected(token, "input");
        };
    }

    private Node action() {
        int mark = cursor.mark();
        Token token = cursor.nextPastSpace();
        return switch (token.kind()) {
            case BLOCK -> block();
            case BREAK, CONTINUE -> jump(token);
            case ELSE -> otherwise();
            case END -> {
                cursor.expect(Kind.RIGHT, "end");
                yield new Node.Mark(token.position(), Kind.END);
            }
            case IF, RANGE, WITH -> branch(token.kind());
            case TEMPLATE -> include();
            default -> {
                cursor.back(mark);
                int position = cursor.peekPastSpace().position();
                yield new Node.Action(position, pipelines.pipeline("command", Kind.RIGHT));
            }
        };
    }

    /** After {@code else}: nothing more, or what goes on with {@code if} or {@code with}. */
    private Node otherwise() {
        Token next = cursor.peekPastSpace();
        if (next.kind() == Kind.IF || next.kind() == Kind.WITH) {
            return new Node.Mark(next.position(), next.kind());
        }
        cursor.expect(Kind.RIGHT, "else");
        return new Node.Mark(next.position(), Kind.ELSE);
    }

    private Node jump(Token token) {
        String written = "{{" + token.text() + "}}";
        Token next = cursor.nextPastSpace();
        if (next.kind() != Kind.RIGHT) {
            throw cursor.unexpected(next, written);
        }
        if (ranges == 0) {
            throw cursor.failure(written + " outside {{range}}");
        }
        return token.kind() == Kind.BREAK ? new Node.Break(token.position()) : new Node.Continue(token.position());
    }

    private Node branch(Kind kind) {
        int declared = pipelines.declared();
        Pipeline pipeline = pipelines.pipeline(kind.name().toLowerCase(Locale.ROOT), Kind.RIGHT);
        ranges += kind == Kind.RANGE ? 1 : 0;
        var nodes = new ArrayList<Node>();
        Node.Mark end = sequence(nodes);
        ranges -= kind == Kind.RANGE ? 1 : 0;
        var body = new Sequence(pipeline.position(), nodes);
        Sequence otherwise = end.kind() == Kind.END ? null : otherwise(kind, end);
        pipelines.forget(declared);
        return new Node.Branch(kind, pipeline.position(), pipeline, body, otherwise);
    }

    private Sequence otherwise(Kind kind, Node.Mark mark) {
        var nodes = new ArrayList<Node>();
        if (mark.kind() != Kind.ELSE) {
            Token token = cursor.nextPastSpace();
            if (token.kind() != kind) {
                throw cursor.unexpected(token, "else");
            }
            nodes.add(branch(kind));
            return new Sequence(mark.position(), nodes);
        }
        Node.Mark end = sequence(nodes);
        if (end.kind() != Kind.END) {
            throw cursor.failure("expected end; found " + end);
        }
        return new Sequence(mark.position(), nodes);
    }

    /** Reads until {@code end} or {@code else}. */
    private Node.Mark sequence(List<Node> nodes) {
        while (cursor.peekPastSpace().kind() != Kind.END_OF_TEXT) {
            Node node = textOrAction();
            if (node instanceof Node.Mark end) {
                return end;
            }
            nodes.add(node);
        }
        cursor.next();
        throw cursor.failure("unexpected EOF");
    }

    private Node include() {
        Token token = cursor.nextPastSpace();
        String of = templateName(token, "template clause");
        Pipeline data = null;
        if (cursor.peekPastSpace().kind() == Kind.RIGHT) {
            cursor.next();
        } else {
            data = pipelines.pipeline("template clause", Kind.RIGHT);
        }
        return new Node.Include(token.position(), of, data);
    }

    private Node block() {
        Token token = cursor.nextPastSpace();
        String of = templateName(token, "block clause");
        Pipeline data = pipelines.pipeline("block clause", Kind.RIGHT);
        body(of, "block clause");
        return new Node.Include(token.position(), of, data);
    }

    private void define() {
        String of = templateName(cursor.nextPastSpace(), "define clause");
        cursor.expect(Kind.RIGHT, "define clause");
        body(of, "define clause");
    }

    private void body(String of, String context) {
        List<String> variables = pipelines.anew();
        int around = ranges;
        ranges = 0;
        var nodes = new ArrayList<Node>();
        Node.Mark end = sequence(nodes);
        if (end.kind() != Kind.END) {
            throw cursor.failure("unexpected " + end + " in " + context);
        }
        ranges = around;
        pipelines.restore(variables);
        add(of, new Sequence(nodes.isEmpty() ? 0 : nodes.getFirst().position(), nodes));
    }

    private String templateName(Token token, String context) {
        if (token.kind() != Kind.STRING && token.kind() != Kind.RAW_STRING) {
            throw cursor.unexpected(token, context);
        }
        return pipelines.unquoted(token.text());
    }
}
