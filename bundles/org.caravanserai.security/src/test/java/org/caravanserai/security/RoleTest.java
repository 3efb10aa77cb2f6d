package org.caravanserai.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {

  @Test
  void eachRoleIncludesTheOnesBeforeIt() {
    assertThat(Role.ADMIN.includes(Role.VIEWER)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.OPERATOR)).isTrue();
    assertThat(Role.OPERATOR.includes(Role.DEVELOPER)).isFalse();
  }

  @Test
  void theGreatestOfSomeRolesCounts() {
    assertThat(Role.greatest(Set.of("viewer", "developer", "else"))).contains(Role.DEVELOPER);
    assertThat(Role.greatest(Set.of("else", "ADMIN"))).isEmpty();
    assertThat(Role.greatest(Set.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void anOperationIsForItsRoleAndThoseThatIncludeIt(Operation operation) {
    for (Role role : Role.values()) {
      assertThat(new User("ann", Set.of(role.id())).may(operation))
          .isEqualTo(role.includes(operation.role()));
    }
    assertThat(new User("ann", Set.of()).may(operation)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void whatAViewerMayDoChangesNothingOfOthers(Operation operation) {
    if (operation.role() == Role.VIEWER && operation != Operation.ACCOUNT_WRITE) {
      assertThat(operation.isAct()).isFalse();
    }
  }

  @Test
  void operationsAreWrittenWithADot() {
    assertThat(Operation.OBJECTS_READ.id()).isEqualTo("objects.read");
    assertThat(Role.words()).isEqualTo("viewer, operator, developer, admin");
    assertThat(Role.of("operator")).contains(Role.OPERATOR);
    assertThat(Role.of("Operator")).isEmpty();
  }
}
