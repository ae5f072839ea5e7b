package io.tributary.connect.series;

import io.tributary.schemas.identity.Tenant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps the series of tenants apart in a store that knows no tenants: by a label. Series of the default tenant have
 * none, so that who has no tenants sees none. A label of that name that the series has already is renamed
 * {@code exported_<name>}, as Prometheus does on conflict.
 *
 * @param name the label's name
 */
public record TenantLabel(String name) {
    /** The labels, those with empty values left out, with the tenant's. */
    public SortedMap<String, String> add(String tenant, Map<String, String> labels) {
        SortedMap<String, String> all = new TreeMap<>(labels);
        all.values().removeIf(String::isEmpty);
        if (!tenant.equals(Tenant.DEFAULT)) {
            String own = all.put(name, tenant);
            if (own != null) {
                all.put("exported_" + name, own);
            }
        }
        return all;
    }
}
