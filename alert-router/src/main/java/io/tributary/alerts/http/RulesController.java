package io.tributary.alerts.http;

import io.tributary.alerts.evaluation.GroupReport;
import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.schemas.identity.Tenant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows rules and their alerts, of the partitions that this instance has. Prometheus: HTTP API, "Rules" and "Alerts". A
 * tenant's are had by the parameter {@code tenant}.
 */
@RestController
public class RulesController {
    private static final String SUCCESS = "success";

    private final Supplier<RuleSet> rules;
    private final Supplier<List<GroupReport>> reports;

    /** Shows these rules, and what these reports say of them. */
    public RulesController(Supplier<RuleSet> rules, Supplier<List<GroupReport>> reports) {
        this.rules = rules;
        this.reports = reports;
    }

    /** All groups and rules, or those that are asked for. */
    @GetMapping("/api/v1/rules")
    public Map<String, Object> rules(
            @RequestParam(name = "type", required = false) String type,
            @RequestParam(name = "rule_name[]", required = false) List<String> names,
            @RequestParam(name = "rule_group[]", required = false) List<String> groups,
            @RequestParam(name = "file[]", required = false) List<String> files,
            @RequestParam(name = "exclude_alerts", defaultValue = "false") boolean excludeAlerts,
            @RequestParam(name = "tenant", defaultValue = Tenant.DEFAULT) String tenant) {
        List<GroupReport> known = of(tenant);
        List<GroupView> views = rules.get().groups().stream()
                .map(GroupPlan::group)
                .filter(group -> groups == null || groups.contains(group.name()))
                .filter(group -> files == null || files.contains(group.file()))
                .map(group -> GroupView.of(
                        group,
                        known.stream()
                                .filter(report -> report.key().group().equals(group.key()))
                                .toList()))
                .map(view -> view.only(
                        rule -> (type == null || rule.type().equals(type.equals("alert") ? "alerting" : "recording"))
                                && (names == null || names.contains(rule.name())),
                        excludeAlerts))
                .filter(view -> !view.rules().isEmpty() || (type == null && names == null))
                .toList();
        return Map.of("status", SUCCESS, "data", Map.of("groups", views));
    }

    /** All alerts that are pending or fire. */
    @GetMapping("/api/v1/alerts")
    public Map<String, Object> alerts(@RequestParam(name = "tenant", defaultValue = Tenant.DEFAULT) String tenant) {
        List<GroupView.AlertView> alerts = of(tenant).stream()
                .flatMap(report -> report.rules().stream())
                .flatMap(rule -> rule.alerts().stream())
                .map(GroupView.AlertView::of)
                .toList();
        return Map.of("status", SUCCESS, "data", Map.of("alerts", alerts));
    }

    private List<GroupReport> of(String tenant) {
        return reports.get().stream()
                .filter(report -> report.key().tenant().equals(tenant))
                .toList();
    }
}
