package io.tributary.promql.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Walks through templates and writes what they make. Go: text/template, "exec". */
final class Execution {

    /** How deep templates may include each other; Go allows more than a thread's stack here holds. */
    private static final int DEEPEST = 500;

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Map<String, Template> templates;
    private final Functions functions;
    private final Output output;
    private final Template template;
    private final StringBuilder text;
    private final int depth;
    private final Operands operands;

    Execution(
            Map<String, Template> templates,
            Functions functions,
            Output output,
            Template template,
            StringBuilder text) {
        this(templates, functions, output, template, text, 0);
    }

    private Execution(
            Map<String, Template> templates,
            Functions functions,
            Output output,
            Template template,
            StringBuilder text,
            int depth) {
        this.templates = templates;
        this.functions = functions;
        this.output = output;
        this.template = template;
        this.text = text;
        this.depth = depth;
        this.operands = new Operands(template, functions);
    }

    void run(Object data) {
        operands.variables().declare(PipelineParser.ROOT, data);
        walk(data, template.body());
    }

    private Flow walk(Object dot, Node node) {
        operands.at(node);
        return switch (node) {
            case Node.Sequence sequence -> sequence(dot, sequence);
            case Node.Text written -> {
                text.append(written.text());
                yield Flow.ON;
            }
            case Node.Action action -> {
                Object value = operands.pipeline(dot, action.pipeline());
                if (action.pipeline().variables().isEmpty()) {
                    operands.at(node);
                    text.append(output.print(value));
                }
                yield Flow.ON;
            }
            case Node.Branch branch -> branch(dot, branch);
            case Node.Include include -> include(dot, include);
            case Node.Break stop -> Flow.BREAK;
            case Node.Continue skip -> Flow.CONTINUE;
            default -> throw new IllegalStateException("no statement: " + node);
        };
    }

    private Flow sequence(Object dot, Node.Sequence sequence) {
        for (Node each : sequence.nodes()) {
            Flow flow = walk(dot, each);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow branch(Object dot, Node.Branch branch) {
        int mark = operands.variables().mark();
        Object value = operands.pipeline(dot, branch.pipeline());
        Flow flow;
        if (branch.kind() == Token.Kind.RANGE) {
            range(dot, branch, value);
            flow = Flow.ON;
        } else if (Truth.of(value)) {
            flow = walk(branch.kind() == Token.Kind.WITH ? value : dot, branch.body());
        } else {
            flow = branch.otherwise() == null ? Flow.ON : walk(dot, branch.otherwise());
        }
        operands.variables().forget(mark);
        return flow;
    }

    private void range(Object dot, Node.Branch branch, Object value) {
        operands.at(branch);
        boolean any = switch (value) {
            case null -> false;
            case List<?> list -> list(branch, list);
            case Map<?, ?> map -> map(branch, map);
            case Long count -> count(branch, count);
            default -> throw operands.failure("range can't iterate over " + GoText.print(value));
        };
        if (!any && branch.otherwise() != null) {
            walk(dot, branch.otherwise());
        }
    }

    private boolean list(Node.Branch branch, List<?> list) {
        for (int i = 0; i < list.size(); i++) {
            if (once(branch, (long) i, list.get(i)) == Flow.BREAK) {
                break;
            }
        }
        return !list.isEmpty();
    }

    private boolean map(Node.Branch branch, Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
            if (once(branch, entry.getKey(), entry.getValue()) == Flow.BREAK) {
                break;
            }
        }
        return !map.isEmpty();
    }

    private boolean count(Node.Branch branch, long count) {
        for (long i = 0; i < count; i++) {
            if (once(branch, i, i) == Flow.BREAK) {
                break;
            }
        }
        return count > 0;
    }

    private Flow once(Node.Branch branch, Object index, Object element) {
        int mark = operands.variables().mark();
        List<Node.Variable> names = branch.pipeline().variables();
        boolean assigns = branch.pipeline().assigns();
        if (names.size() == 1) {
            operands.variables().put(names.getFirst().name(), element, assigns);
        } else if (names.size() == 2) {
            operands.variables().put(names.getFirst().name(), index, assigns);
            operands.variables().put(names.getLast().name(), element, assigns);
        }
        Flow flow = walk(element, branch.body());
        operands.variables().forget(mark);
        return flow;
    }

    private Flow include(Object dot, Node.Include include) {
        Template other = templates.get(include.name());
        if (other == null) {
            throw operands.failure("template " + Quoting.quote(include.name()) + " not defined");
        }
        if (depth == DEEPEST) {
            throw operands.failure("exceeded maximum template depth (" + DEEPEST + ")");
        }
        Object data = include.pipeline() == null ? null : operands.pipeline(dot, include.pipeline());
        new Execution(templates, functions, output, other, text, depth + 1).run(data);
        return Flow.ON;
    }
}
