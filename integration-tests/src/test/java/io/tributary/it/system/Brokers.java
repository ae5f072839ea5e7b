package io.tributary.it.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** At a parameter of type {@link Tributary}: a system with so many Kafka brokers, for the test's class alone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Brokers {
    int value();
}
