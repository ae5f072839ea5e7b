package io.tributary.promql.template.alert;

/** Words with a large first letter. */
final class Titles {

    /** Signs that do not end a word between two letters. */
    private static final String WITHIN = "'’.:·";

    private Titles() {}

    static String of(String text) {
        var made = new StringBuilder(text.length());
        int before = ' ';
        int beforeThat = ' ';
        for (int c : text.codePoints().toArray()) {
            boolean inWord = isWord(before) || (WITHIN.indexOf(before) >= 0 && Character.isLetter(beforeThat));
            made.appendCodePoint(inWord ? c : Character.toTitleCase(c));
            beforeThat = before;
            before = c;
        }
        return made.toString();
    }

    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
