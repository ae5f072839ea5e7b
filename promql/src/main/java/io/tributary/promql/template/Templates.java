package io.tributary.promql.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Templates that may include each other by name, as Go's {@code text/template} reads and executes them.
 *
 * <p>Values are: null (nothing), {@link Boolean}, {@link Long} (Go's int), {@link Double}, {@link java.math.BigInteger}
 * (unsigned), {@link String}, lists, maps with texts as keys, and {@link Struct}s. A key that a map does not have gives
 * an empty text in {@link Texts}, else nothing. Immutable.
 */
public final class Templates {

    private final Map<String, Template> byName;
    private final Functions functions;
    private final Output output;

    private Templates(Map<String, Template> byName, Functions functions, Output output) {
        this.byName = byName;
        this.functions = functions;
        this.output = output;
    }

    /** No templates yet, for text that calls these functions. */
    public static Templates of(Functions functions, Output output) {
        return new Templates(Map.of(), functions, output);
    }

    /**
     * These and the text as a template, with all that it defines; of two of a name the later counts.
     *
     * @throws TemplateException with the first mistake
     */
    public Templates with(String name, String text) {
        var all = new LinkedHashMap<>(byName);
        all.putAll(TemplateParser.parse(name, text, known()));
        return new Templates(all, functions, output);
    }

    /** The same with other functions of the same names, for instance of another time. */
    public Templates using(Functions others) {
        return new Templates(byName, others, output);
    }

    /**
     * The text that the template makes of the data.
     *
     * @throws TemplateException if there is no such template, or it fails
     */
    public String execute(String name, Object data) {
        Template template = byName.get(name);
        if (template == null) {
            throw new TemplateException("template: no template " + Quoting.quote(name) + " is defined");
        }
        var text = new StringBuilder();
        new Execution(byName, known(), output, template, text).run(data);
        return text.toString();
    }

    /** HTML's templates can also include others by a name that is only known when they are executed. */
    private Functions known() {
        Function.Body include = arguments -> new SafeHtml(execute((String) arguments.get(0), arguments.get(1)));
        return output == Output.HTML
                ? functions.with(List.of(Function.of("tmpl", include, Type.STRING, Type.ANY)))
                : functions;
    }
}
