package org.caravanserai.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.caravanserai.scheduler.internal.SchedulerServer;
import org.caravanserai.scheduler.internal.SchedulerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @TempDir Path data;

  /** As a full disk makes it do; with room again it is used again. */
  @Test
  void opensAnewAfterItHadToClose() throws Exception {
    SchedulerSettings settings =
        SchedulerServer.settings(SchedulerSettings.class, Map.of("data", data.toString()));
    try (Database database = Database.of(settings)) {
      database.update("create table kept (id bigint primary key)");
      database.update("insert into kept values (1)");
      assertThat(catchThrowable(() -> database.update("shutdown immediately")))
          .isInstanceOf(SQLException.class);
      database.update("insert into kept values (2)");
      assertThat(database.query("select id from kept order by id", row -> row.getLong(1)))
          .containsExactly(1L, 2L);
    }
  }
}
