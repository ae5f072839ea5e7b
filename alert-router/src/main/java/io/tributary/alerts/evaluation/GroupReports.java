package io.tributary.alerts.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the last evaluations of all groups went, in all places of this process. Safe for use by many threads. */
public final class GroupReports {
    private static final Comparator<GroupReport> ORDER = Comparator.<GroupReport, String>comparing(
                    report -> report.key().group())
            .thenComparing(report -> report.key().tenant())
            .thenComparingInt(report -> report.key().partition());

    private final Map<GroupReport.Key, GroupReport> reports = new ConcurrentHashMap<>();

    /** Takes the newest report of a group and place. */
    public void put(GroupReport report) {
        reports.put(report.key(), report);
    }

    /** The group is not evaluated in that place any more. */
    public void remove(GroupReport.Key key) {
        reports.remove(key);
    }

    /** The newest report of each group and place, ordered by group. */
    public List<GroupReport> all() {
        return reports.values().stream().sorted(ORDER).toList();
    }
}
