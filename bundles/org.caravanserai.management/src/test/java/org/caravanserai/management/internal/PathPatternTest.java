package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathPatternTest {

  private static List<String> path(String text) {
    return List.of(text.split("/", -1));
  }

  @Test
  void textMatchesItself() {
    assertThat(new PathPattern("/api/v1").match(path("api/v1"))).contains(Map.of());
    assertThat(new PathPattern("/api/v1").match(path("api/v2"))).isEmpty();
    assertThat(new PathPattern("/api/v1").match(path("api"))).isEmpty();
    assertThat(new PathPattern("/api/v1").match(path("api/v1/more"))).isEmpty();
    assertThat(new PathPattern("/api/v1").match(path("api/v1/"))).isEmpty();
  }

  @Test
  void aParameterIsOnePart() {
    PathPattern pattern = new PathPattern("/services/{name}/invoke");
    assertThat(pattern.match(path("services/a.b/invoke"))).contains(Map.of("name", "a.b"));
    assertThat(pattern.match(path("services/a/b/invoke"))).isEmpty();
    assertThat(pattern.match(path("services//invoke"))).isEmpty();
  }

  @Test
  void aGreedyParameterKeepsItsSlashes() {
    PathPattern one = new PathPattern("/objects/{kind}/{name+}");
    PathPattern ping = new PathPattern("/objects/{kind}/{name+}/ping");
    assertThat(one.match(path("objects/sql/a/b"))).contains(Map.of("kind", "sql", "name", "a/b"));
    assertThat(one.match(path("objects/sql"))).isEmpty();
    assertThat(ping.match(path("objects/sql/a/b/ping")))
        .contains(Map.of("kind", "sql", "name", "a/b"));
    assertThat(ping.match(path("objects/sql/ping"))).isEmpty();
    assertThat(ping.literals()).isGreaterThan(one.literals());
  }

  @Test
  void readsAsOpenApiWritesIt() {
    PathPattern pattern = new PathPattern("/objects/{kind}/{name+}");
    assertThat(pattern).hasToString("/objects/{kind}/{name}");
    assertThat(pattern.parameters()).containsExactly("kind", "name");
  }
}
