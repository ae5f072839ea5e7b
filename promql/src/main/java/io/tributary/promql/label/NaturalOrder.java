package io.tributary.promql.label;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Orders texts as people would: runs of digits by the number that they are, so that {@code a2} is before {@code a10}.
 */
public enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = runEnd(a, i);
            int endB = runEnd(b, j);
            String runA = a.substring(i, endA);
            String runB = b.substring(j, endB);
            int order = isDigit(runA.charAt(0)) && isDigit(runB.charAt(0))
                    ? new BigInteger(runA).compareTo(new BigInteger(runB))
                    : runA.compareTo(runB);
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        // Numbers that differ by leading zeros only are still not the same text.
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int runEnd(String text, int from) {
        boolean digits = isDigit(text.charAt(from));
        int end = from + 1;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
