package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.caravanserai.management.Page;
import org.junit.jupiter.api.Test;

class ListingTest {

  private record Guest(String name, String city, int beds) {}

  private static final List<Guest> GUESTS =
      List.of(new Guest("Ann", "Bam", 3), new Guest("Bob", "Herat", 1), new Guest("Cyr", "Bam", 2));

  private final Listing<Guest> listing =
      new Listing<Guest>(guest -> Stream.of(guest.name(), guest.city()))
          .by("name", Guest::name)
          .by("city", Guest::city)
          .sortedBy("beds", Guest::beds);

  private Page<Guest> page(String query) throws Problem {
    return listing.page(GUESTS, Query.of(query, listing.parameters()));
  }

  private List<String> names(String query) throws Problem {
    return page(query).items().stream().map(Guest::name).toList();
  }

  @Test
  void allItemsInTheirOrderIfNothingIsAsked() throws Problem {
    assertThat(page("")).isEqualTo(new Page<>(GUESTS, 3));
  }

  @Test
  void filtersSearchesAndSorts() throws Problem {
    assertThat(names("city=bam")).containsExactly("Ann", "Cyr");
    assertThat(names("q=era")).containsExactly("Bob");
    assertThat(names("sort=beds")).containsExactly("Bob", "Cyr", "Ann");
    assertThat(names("sort=-name")).containsExactly("Cyr", "Bob", "Ann");
    assertThat(names("city=bam&sort=beds")).containsExactly("Cyr", "Ann");
  }

  @Test
  void thePageKnowsHowManyThereAre() throws Problem {
    Page<Guest> page = page("offset=1&limit=1");
    assertThat(page.items()).containsExactly(GUESTS.get(1));
    assertThat(page.total()).isEqualTo(3);
    assertThat(page("offset=9").items()).isEmpty();
    assertThat(page("limit=0").items()).isEmpty();
  }

  @Test
  void anUnknownOrderIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> names("sort=age"))
        .hasMessage("sort is one of name, city, beds, with - for the other way round");
    assertThatThrownBy(() -> names("beds=1")).isInstanceOf(Problem.class);
  }
}
