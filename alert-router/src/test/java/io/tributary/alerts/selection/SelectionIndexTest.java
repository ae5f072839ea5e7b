package io.tributary.alerts.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.Parser;
import io.tributary.schemas.identity.SeriesId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionIndexTest {
    @Test
    void findsByNameByLabelByTheRestAndWithoutAName() {
        SelectionIndex index = index(
                "up", "up{job=\"a\"}", "up{job=\"b\"}", "up{job=\"a\",zone!=\"1\"}", "down", "{__name__=~\"u.\"}");
        assertThat(index.owners(Labels.of("__name__", "up", "job", "a", "zone", "1")))
                .containsExactly(0, 1, 5);
        assertThat(index.owners(Labels.of("__name__", "up", "job", "a"))).containsExactly(0, 1, 3, 5);
        assertThat(index.owners(Labels.of("__name__", "down"))).containsExactly(4);
        assertThat(index.owners(Labels.of("__name__", "sideways"))).isEmpty();
    }

    @Test
    void aLabelThatMustBeEmptyIsNoPlaceToLook() {
        SelectionIndex index = index("up{job=\"\",zone=\"1\"}");
        assertThat(index.owners(Labels.of("__name__", "up", "zone", "1"))).containsExactly(0);
        assertThat(index.owners(Labels.of("__name__", "up", "zone", "1", "job", "a")))
                .isEmpty();
    }

    @Test
    void namesAnOwnerOfSeveralWishesOnce() {
        SelectionIndex index = new SelectionIndex(List.of(
                wish("up", 1), wish("up{job=\"a\"}", 0), wish("up{job!=\"\"}", 1), wish("{job=\"a\",x=\"\"}", 0)));
        assertThat(index.owners(Labels.of("__name__", "up", "job", "a"))).containsExactly(0, 1);
    }

    @Test
    void findsWhatASearchThroughAllFinds() {
        Random random = new Random(5);
        List<SelectionIndex.Wish> wishes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String name = random.nextInt(10) == 0 ? "__name__=~\"m[1-3]\"" : "__name__=\"m" + random.nextInt(9) + '"';
            String operator = List.of("=", "!=", "=~", "!~").get(random.nextInt(4));
            String more = ",a=\"" + random.nextInt(3) + "\",b" + operator + '"' + random.nextInt(3) + '"';
            wishes.add(wish('{' + name + (random.nextBoolean() ? more : "") + '}', i));
        }
        SelectionIndex index = new SelectionIndex(wishes);
        for (int i = 0; i < 300; i++) {
            Labels series = Labels.of(
                    "__name__", "m" + random.nextInt(9), "a", "" + random.nextInt(3), "b", "" + random.nextInt(3));
            int[] expected = wishes.stream()
                    .filter(wish -> wish.matchers().stream().allMatch(matcher -> matcher.matches(series)))
                    .mapToInt(SelectionIndex.Wish::owner)
                    .toArray();
            assertThat(index.owners(series)).isEqualTo(expected);
        }
    }

    @Test
    void theCacheRemembersAndForgetsWithinItsBounds() {
        SeriesCache<String> cache = new SeriesCache<>(16);
        SeriesId first = new SeriesId(1, 3);
        SeriesId second = new SeriesId(2, 3);
        assertThat(cache.get(first)).isNull();
        cache.put(first, "first");
        assertThat(cache.get(first)).isEqualTo("first");
        cache.put(second, "second");
        assertThat(cache.get(second)).isEqualTo("second");
        assertThat(cache.get(first)).isNull();
    }

    private static SelectionIndex index(String... selectors) {
        List<SelectionIndex.Wish> wishes = new ArrayList<>();
        for (String selector : selectors) {
            wishes.add(wish(selector, wishes.size()));
        }
        return new SelectionIndex(wishes);
    }

    private static SelectionIndex.Wish wish(String selector, int owner) {
        return new SelectionIndex.Wish(Parser.parseSelector(selector), owner);
    }
}
