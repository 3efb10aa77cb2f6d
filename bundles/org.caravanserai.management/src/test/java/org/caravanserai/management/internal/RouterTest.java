package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.caravanserai.security.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTest {

  private final Router router = new Router();

  private static ApiOperation operation(String method, String path) {
    return ApiOperation.of(method, path, Operation.OBJECTS_READ, "x", exchange -> {});
  }

  private static Resource resource(ApiOperation... operations) {
    return () -> List.of(operations);
  }

  @BeforeEach
  void declare() {
    router.bindResource(
        resource(
            operation("GET", "/o"),
            operation("GET", "/o/{kind}/{name+}"),
            operation("DELETE", "/o/{kind}/{name+}"),
            operation("GET", "/o/{kind}/{name+}/deep"),
            operation("POST", "/o/{kind}/{name+}/ping")));
  }

  @Test
  void findsTheOperationByMethodAndPath() throws Problem {
    Router.Match match = router.match("GET", "/o/sql/a/b%2Fc%20d");
    assertThat(match.operation().path()).hasToString("/o/{kind}/{name}");
    assertThat(match.parameters()).containsEntry("kind", "sql").containsEntry("name", "a/b/c d");
    assertThat(router.match("HEAD", "/o").operation().path()).hasToString("/o");
  }

  @Test
  void morePlainTextWins() throws Problem {
    assertThat(router.match("GET", "/o/sql/a/deep").parameters()).containsEntry("name", "a");
    assertThat(router.match("DELETE", "/o/sql/a/deep").parameters())
        .containsEntry("name", "a/deep");
  }

  @Test
  void whatNobodyDeclaresIsNotThere() {
    assertThatThrownBy(() -> router.match("GET", "/p"))
        .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
        .extracting(Problem::status)
        .isEqualTo(404);
    assertThatThrownBy(() -> router.match("GET", "/o/")).isInstanceOf(Problem.class);
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    assertThatThrownBy(() -> router.match("PATCH", "/o/sql/a"))
        .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
        .satisfies(
            problem -> {
              assertThat(problem.status()).isEqualTo(405);
              assertThat(problem.headers()).containsEntry("Allow", "DELETE, GET, HEAD");
            });
  }

  @Test
  void aPathThatIsNotEncodedRightIsRefused() {
    assertThatThrownBy(() -> router.match("GET", "/o/%zz"))
        .hasMessage("The path is not percent-encoded right");
  }

  @Test
  void aResourceThatIsGoneIsNotThere() {
    Resource late = resource(operation("GET", "/late"));
    router.bindResource(late);
    assertThat(router.operations()).extracting(each -> each.path().toString()).contains("/late");
    router.unbindResource(late);
    assertThatThrownBy(() -> router.match("GET", "/late")).isInstanceOf(Problem.class);
  }
}
