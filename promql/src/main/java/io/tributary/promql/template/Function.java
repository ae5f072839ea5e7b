package io.tributary.promql.template;

import java.util.List;

/**
 * A function or method that templates call.
 *
 * @param name as templates write it
 * @param parameters types of the arguments
 * @param variadic whether the last parameter takes any number of arguments, also none
 */
public record Function(String name, List<Type> parameters, boolean variadic, Body body) {

    /** What a function does. */
    @FunctionalInterface
    public interface Body {

        /**
         * The result.
         *
         * @param arguments as many as the function takes, of the types that it asks for
         * @throws FunctionException if they make no sense
         */
        Object call(List<Object> arguments);
    }

    /** A function of a fixed number of arguments. */
    public static Function of(String name, Body body, Type... parameters) {
        return new Function(name, List.of(parameters), false, body);
    }

    /** A function of any number of arguments beyond those before the last. */
    public static Function variadic(String name, Body body, Type... parameters) {
        return new Function(name, List.of(parameters), true, body);
    }

    Type parameter(int i) {
        return parameters.get(Math.min(i, parameters.size() - 1));
    }

    /** Why so many arguments are wrong; null if they are not. */
    String refusal(int count) {
        int wanted = variadic ? parameters.size() - 1 : parameters.size();
        if (variadic ? count >= wanted : count == wanted) {
            return null;
        }
        return "wrong number of args for " + name + ": want " + (variadic ? "at least " : "") + wanted + " got "
                + count;
    }
}
