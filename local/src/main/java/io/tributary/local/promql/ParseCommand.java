package io.tributary.local.promql;

import io.tributary.local.Context;
import io.tributary.promql.Features;
import io.tributary.promql.parser.ParseException;
import io.tributary.promql.parser.Parser;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks one expression and prints it canonically, or says what is wrong with it, and where. */
@Command(name = "parse", description = "Prints an expression canonically, or says what is wrong with it.")
final class ParseCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(paramLabel = "EXPR", description = "The expression, as one argument.")
    private String text;

    @Mixin
    private FeatureOptions features;

    ParseCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            context.console().line(Parser.parse(text, features.of(Features.ALL)).toString());
            return 0;
        } catch (ParseException e) {
            context.console().error(e.getMessage());
            return 1;
        }
    }
}
