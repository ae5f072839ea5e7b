package io.tributary.alerts.stream;

import io.tributary.alerts.grouping.AlertGroup;
import io.tributary.alerts.grouping.GroupId;
import io.tributary.alerts.grouping.Lease;
import io.tributary.alerts.grouping.Message;
import io.tributary.alerts.notify.NotificationHeaders;
import io.tributary.alerts.routing.Route;
import io.tributary.alerts.routing.Routing;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.avro.NotificationLogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the groups of a partition: takes alerts and what was delivered, and sends messages when a group's timer says
 * so. Timers run by the wall clock, since people wait in real time.
 */
final class GroupingProcessor implements Processor<Object, Object, Object, Object> {
    private static final Duration TICK = Duration.ofMillis(500);

    private record Timer(long at, String id) {}

    private final Routing routing;
    private final AlertGroup.Terms terms;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, AlertGroup> groups;
    private KeyValueStore<String, Alert> members;
    private KeyValueStore<String, Long> numbers;
    private String partition;
    private Lease lease;
    private boolean tookUp;

    GroupingProcessor(Routing routing) {
        this.routing = routing;
        this.terms = new AlertGroup.Terms(
                routing.route(),
                routing.webhook().map(each -> each.sendResolved()).orElse(false));
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        groups = context.getStateStore(AlertStores.GROUPS);
        members = context.getStateStore(AlertStores.MEMBERS);
        numbers = context.getStateStore(AlertStores.NUMBERS);
        partition = Integer.toString(context.taskId().partition());
        lease = new Lease(TimeUnit.MILLISECONDS.toNanos(context.currentSystemTimeMs()));
        // A task that goes on after all is initialised anew, with what was last committed.
        timers.clear();
        tookUp = false;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::flushDue);
    }

    /** Takes up the groups of before. */
    private void takeUp(long now) {
        forgetOtherRoutes();
        try (KeyValueIterator<String, AlertGroup> all = groups.all()) {
            while (all.hasNext()) {
                KeyValue<String, AlertGroup> each = all.next();
                if (each.value.resumed(routing.route(), now)) {
                    groups.put(each.key, each.value);
                }
                timers.add(new Timer(each.value.flushAt(), each.key));
            }
        }
    }

    /** When the configuration groups otherwise than before, the old groups are no longer true. */
    private void forgetOtherRoutes() {
        try (KeyValueIterator<String, Alert> all = members.all()) {
            while (all.hasNext()) {
                KeyValue<String, Alert> each = all.next();
                String id = GroupId.ofMember(each.key);
                if (!routing.tells(GroupId.parse(id), each.value.getLabels())) {
                    members.delete(each.key);
                    groups.delete(id);
                }
            }
        }
    }

    @Override
    public void process(Record<Object, Object> record) {
        String id = GroupId.of((NotificationKey) record.key());
        switch (record.value()) {
            case Alert alert -> join(id, alert);
            case NotificationLogEntry entry -> answered(id, entry, NotificationHeaders.refused(record.headers()));
            default ->
                throw new IllegalStateException("grouping: " + record.value().getClass());
        }
    }

    private void join(String id, Alert alert) {
        long now = context.currentSystemTimeMs();
        AlertGroup group = groups.get(id);
        if (group == null) {
            if (lease.isOver(alert, TimeUnit.MILLISECONDS.toNanos(now))) {
                return;
            }
            Route route = routing.route();
            group = AlertGroup.start(route.groupLabels(alert.getLabels()), route, lastNumber(), now);
            timers.add(new Timer(group.flushAt(), id));
        }
        long before = group.flushAt();
        group.joined(TimeUnit.NANOSECONDS.toMillis(alert.getStartsAtUnixNano()), routing.route(), now);
        if (group.flushAt() != before) {
            timers.add(new Timer(group.flushAt(), id));
        }
        groups.put(id, group);
        members.put(GroupId.member(id, alert.getFingerprint()), alert);
    }

    /** Outlives groups: the notifier takes a message with a lesser number than that of one delivered for told. */
    private long lastNumber() {
        Long last = numbers.get(partition);
        return last == null ? 0 : last;
    }

    private void answered(String id, NotificationLogEntry entry, String refused) {
        AlertGroup group = groups.get(id);
        if (group == null) {
            return;
        }
        if (!refused.isEmpty()) {
            group.refused(refused);
            groups.put(id, group);
            return;
        }
        long sentAt = TimeUnit.NANOSECONDS.toMillis(entry.getSentAtUnixNano());
        group.delivered(entry.getIdempotencyKey(), sentAt).ifPresent(delivered -> {
            groups.put(id, group);
            forgetTold(id, delivered);
        });
    }

    /** Alerts of which the receiver knows that they ended have served their purpose, unless they fire again. */
    private void forgetTold(String id, AlertGroup.Delivered delivered) {
        long dueAt = TimeUnit.MILLISECONDS.toNanos(delivered.dueAt());
        for (String fingerprint : delivered.resolved()) {
            String member = GroupId.member(id, fingerprint);
            Alert alert = members.get(member);
            // By its own word: a lease that runs anew since a start between the two ended nevertheless.
            if (alert != null && alert.getEndsAtUnixNano() <= dueAt) {
                members.delete(member);
            }
        }
        try (KeyValueIterator<String, Alert> left = membersOf(id)) {
            if (!left.hasNext()) {
                groups.delete(id);
            }
        }
    }

    private KeyValueIterator<String, Alert> membersOf(String id) {
        return members.prefixScan(GroupId.members(id), new StringSerializer());
    }

    private void flushDue(long now) {
        if (!tookUp) {
            takeUp(now);
            tookUp = true;
        }
        while (!timers.isEmpty() && timers.peek().at() <= now) {
            Timer timer = timers.poll();
            AlertGroup group = groups.get(timer.id());
            if (group != null && group.flushAt() == timer.at()) {
                flush(timer.id(), group, now);
            }
        }
    }

    private void flush(String id, AlertGroup group, long now) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(now);
        List<Alert> firing = new ArrayList<>();
        List<Alert> resolved = new ArrayList<>();
        try (KeyValueIterator<String, Alert> all = membersOf(id)) {
            all.forEachRemaining(each -> (lease.isOver(each.value, nanos) ? resolved : firing).add(each.value));
        }
        AlertGroup.Flush flush = group.flush(id, fingerprints(firing), fingerprints(resolved), terms, now);
        flush.reason().ifPresent(reason -> {
            numbers.put(partition, Math.max(lastNumber(), group.number()));
            Message message = Message.of(firing, terms.sendResolved() ? resolved : List.of(), lease);
            NotificationKey key = GroupId.parse(id);
            Notification notification = message.notification(key, group.labels(), reason, flush);
            context.forward(
                    new Record<Object, Object>(key, notification, now, NotificationHeaders.truncated(message.left())),
                    AlertTopology.NOTIFICATIONS);
        });
        if (flush.forgetsResolved()) {
            resolved.forEach(alert -> members.delete(GroupId.member(id, alert.getFingerprint())));
        }
        if (flush.forgetsResolved() && firing.isEmpty()) {
            groups.delete(id);
        } else {
            groups.put(id, group);
            timers.add(new Timer(group.flushAt(), id));
        }
    }

    private static Set<String> fingerprints(List<Alert> alerts) {
        return alerts.stream().map(Alert::getFingerprint).collect(Collectors.toSet());
    }
}
