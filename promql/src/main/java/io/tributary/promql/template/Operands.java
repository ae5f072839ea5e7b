package io.tributary.promql.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates pipelines, commands and operands of one template, and remembers where it is for messages. Go:
 * text/template, "exec".
 */
final class Operands {

    /** That there is no value from the command before; nothing is a value, too. */
    private static final Object NONE = new Object();

    private final Template template;
    private final Functions functions;
    private final Variables variables = new Variables();
    private Node at;

    Operands(Template template, Functions functions) {
        this.template = template;
        this.functions = functions;
        this.at = template.body();
    }

    Variables variables() {
        return variables;
    }

    void at(Node node) {
        at = node;
    }

    TemplateException failure(String reason) {
        return failure(reason, null);
    }

    private TemplateException failure(String reason, Throwable cause) {
        return new TemplateException(
                "template: " + template.place(at) + ": executing " + Quoting.quote(template.name()) + " at <" + at
                        + ">: " + reason,
                cause);
    }

    Object pipeline(Object dot, Node.Pipeline pipeline) {
        at(pipeline);
        Object value = NONE;
        for (Node.Command command : pipeline.commands()) {
            value = command(dot, command, value);
        }
        for (Node.Variable variable : pipeline.variables()) {
            variables.put(variable.name(), value, pipeline.assigns());
        }
        return value;
    }

    private Object command(Object dot, Node.Command command, Object last) {
        List<Node> all = command.operands();
        Node first = all.getFirst();
        switch (first) {
            case Node.Field field -> {
                return field(dot, field, all, last);
            }
            case Node.Chain chain -> {
                return chain(dot, chain, all, last);
            }
            case Node.Variable variable -> {
                return variable(dot, variable, all, last);
            }
            case Node.Identifier name -> {
                return function(dot, name, command, all, last);
            }
            case Node.Pipeline inner -> {
                checkAlone(all, last);
                return pipeline(dot, inner);
            }
            default -> {
                at(first);
                checkAlone(all, last);
            }
        }
        return switch (first) {
            case Node.Dot here -> dot;
            case Node.Literal literal -> literal.value();
            case Node.Nil nil -> throw failure("nil is not a command");
            default -> throw failure("can't evaluate command " + Quoting.quote(first.toString()));
        };
    }

    private void checkAlone(List<Node> all, Object last) {
        if (all.size() > 1 || last != NONE) {
            throw failure("can't give argument to non-function " + all.getFirst());
        }
    }

    private Object field(Object dot, Node.Field field, List<Node> all, Object last) {
        at(field);
        return fields(dot, dot, field, field.names(), all, last);
    }

    private Object chain(Object dot, Node.Chain chain, List<Node> all, Object last) {
        at(chain);
        if (chain.operand() instanceof Node.Nil) {
            throw failure("indirection through explicit nil in " + chain);
        }
        Object value = argument(dot, Type.ANY, chain.operand());
        return fields(dot, value, chain, chain.fields(), all, last);
    }

    private Object variable(Object dot, Node.Variable variable, List<Node> all, Object last) {
        at(variable);
        Object value = variables.get(variable.name());
        if (variable.fields().isEmpty()) {
            checkAlone(all, last);
            return value;
        }
        return fields(dot, value, variable, variable.fields(), all, last);
    }

    private Object fields(Object dot, Object from, Node node, List<String> names, List<Node> all, Object last) {
        Object value = from;
        for (String name : names.subList(0, names.size() - 1)) {
            value = field(dot, name, node, List.of(node), NONE, value);
        }
        return field(dot, names.getLast(), node, all, last, value);
    }

    private Object field(Object dot, String name, Node node, List<Node> all, Object last, Object of) {
        boolean hasArguments = all.size() > 1 || last != NONE;
        Optional<Object> found = of instanceof Struct struct ? struct.field(name) : Optional.empty();
        if (found.isPresent() && found.get() instanceof Function method) {
            return call(dot, method, node, all, last);
        }
        if (found.isPresent() && hasArguments) {
            throw failure(name + " has arguments but cannot be invoked as function");
        }
        if (found.isPresent() || of == null) {
            return found.orElse(null);
        }
        if (of instanceof Map<?, ?> map) {
            if (hasArguments) {
                throw failure(name + " is not a method but has arguments");
            }
            return map.get(name);
        }
        throw failure("can't evaluate field " + name + " in type " + Type.of(of));
    }

    private Object function(Object dot, Node.Identifier name, Node command, List<Node> all, Object last) {
        at(name);
        Function function = functions
                .find(name.name())
                .orElseThrow(() -> failure(Quoting.quote(name.name()) + " is not a defined function"));
        return call(dot, function, command, all, last);
    }

    private Object call(Object dot, Function function, Node node, List<Node> all, Object last) {
        List<Node> given = all.subList(1, all.size());
        String refusal = function.refusal(given.size() + (last == NONE ? 0 : 1));
        if (refusal != null) {
            throw failure(refusal);
        }
        boolean isAnd = function.name().equals(BuiltIns.AND);
        boolean isOr = function.name().equals(BuiltIns.OR);
        var arguments = new ArrayList<Object>();
        for (int i = 0; i < given.size(); i++) {
            Object value = argument(dot, function.parameter(i), given.get(i));
            if ((isAnd || isOr) && Truth.of(value) == isOr) {
                return value;
            }
            arguments.add(value);
        }
        if (last != NONE) {
            arguments.add(checked(last, function.parameter(given.size())));
        }
        try {
            return function.body().call(arguments);
        } catch (FunctionException | TemplateException e) {
            at(node);
            throw failure("error calling " + function.name() + ": " + e.getMessage(), e);
        }
    }

    private Object argument(Object dot, Type type, Node node) {
        at(node);
        return switch (node) {
            case Node.Dot here -> checked(dot, type);
            case Node.Field field -> checked(field(dot, field, List.of(node), NONE), type);
            case Node.Variable variable -> checked(variable(dot, variable, List.of(node), NONE), type);
            case Node.Pipeline inner -> checked(pipeline(dot, inner), type);
            case Node.Identifier name -> checked(function(dot, name, name, List.of(node), NONE), type);
            case Node.Chain chain -> checked(chain(dot, chain, List.of(node), NONE), type);
            case Node.Literal literal -> constant(literal, type);
            case Node.Nil nil -> {
                if (type.java() != Object.class) {
                    throw failure("cannot assign nil to " + type.name());
                }
                yield null;
            }
            default -> throw failure("can't handle " + node + " for arg of type " + type.name());
        };
    }

    /** Constants become what the function asks for, where that loses nothing. */
    private Object constant(Node.Literal literal, Type type) {
        Object value = literal.value();
        if (type.java() == Double.class && value instanceof Number number) {
            return number.doubleValue();
        }
        if (type.java() == Long.class && value instanceof Double number && number == Math.rint(number)) {
            return number.longValue();
        }
        if (!type.java().isInstance(value)) {
            throw failure("expected " + type.noun() + "; found " + literal);
        }
        return value;
    }

    private Object checked(Object value, Type type) {
        if (value == null && type.java() != Object.class) {
            throw failure("invalid value; expected " + type.name());
        }
        if (value == null || type.java().isInstance(value)) {
            return value;
        }
        if (type.java() == String.class && value instanceof SafeHtml html) {
            return html.text();
        }
        throw failure("wrong type for value; expected " + type.name() + "; got " + Type.of(value));
    }
}
