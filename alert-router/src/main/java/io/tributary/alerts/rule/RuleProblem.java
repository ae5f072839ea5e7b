package io.tributary.alerts.rule;

/**
 * Something in a rule file that stops the start.
 *
 * @param file the file
 * @param group the group; empty when the problem is not within one
 * @param rule the rule's number in the group and its name; empty when the problem is not within one
 * @param reason what is wrong
 */
public record RuleProblem(String file, String group, String rule, String reason) {

    /** One line. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(file);
        if (!group.isEmpty()) {
            line.append(": group \"").append(group).append('"');
        }
        if (!rule.isEmpty()) {
            line.append(": rule ").append(rule);
        }
        return line.append(": ").append(reason).toString().replace("\n", " ");
    }
}
