package io.tributary.promql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.ast.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionsTest {

    @ParameterizedTest
    @EnumSource(Function.class)
    void everyFunctionOfTheLanguageDoesSomething(Function function) {
        assertThat(Functions.of(function)).isNotNull();
    }
}
