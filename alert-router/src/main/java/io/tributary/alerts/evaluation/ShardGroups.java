package io.tributary.alerts.evaluation;

import io.tributary.alerts.planning.GroupPlan;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** The groups that are evaluated in a shard, and which of them is due next. */
final class ShardGroups {
    private final EvaluationSettings settings;
    private final GroupStates states;
    private final Map<String, ShardGroup> all = new LinkedHashMap<>();
    private final PriorityQueue<ShardGroup> due =
            new PriorityQueue<>(Comparator.comparingLong(ShardGroup::next).thenComparing(ShardGroup::key));

    ShardGroups(EvaluationSettings settings, GroupStates states) {
        this.settings = settings;
        this.states = states;
    }

    /** All of them, in the order in which they came. */
    Collection<ShardGroup> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    /** The tenant's group of this plan: one that goes on with its state if it is not there yet. */
    ShardGroup of(String tenant, GroupPlan plan) {
        return all.computeIfAbsent(GroupStates.key(tenant, plan.key()), unseen -> {
            ShardGroup group = new ShardGroup(tenant, plan, settings, states);
            due.add(group);
            return group;
        });
    }

    /** Lets go of all; what they remember stays. */
    void clear() {
        all.clear();
        due.clear();
    }

    /** The first instant at which one of them is due; {@link ShardGroup#NOT_YET} if that is not known. */
    long next() {
        return due.isEmpty() ? ShardGroup.NOT_YET : due.peek().next();
    }

    /** Takes out the one that is due first, until it is {@link #done} or {@link #forget forgotten}. */
    ShardGroup take() {
        return due.remove();
    }

    /** It was evaluated, and is due again. */
    void done(ShardGroup group) {
        due.add(group);
    }

    /** The one that was taken out is gone, with what it remembers. */
    void forget(ShardGroup group) {
        all.remove(group.key());
        states.remove(group.key());
    }

    /** It is due for the first time after this time. */
    void startAfter(ShardGroup group, long time) {
        due.remove(group);
        group.startAfter(time);
        due.add(group);
    }

    /** Changes when each of them is due. */
    void reschedule(Consumer<ShardGroup> change) {
        due.clear();
        all.values().forEach(change);
        due.addAll(all.values());
    }
}
