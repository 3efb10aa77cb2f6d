package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that ends as by a power cut, at any moment, has after the next start what it answered,
 * and of what it did not answer all or nothing.
 */
@ExtendWith(ServerExtension.class)
class CrashIT {

  private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);
  private static final Pattern LOCATION = Pattern.compile("serai:[\\w.-]+/\\S+");

  private final long seed = Long.getLong("serai.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final CrashCounts counts = new CrashCounts();
  private final List<String> ownBundles;
  private Duration start = Duration.ofSeconds(10);

  CrashIT(Server untouched) {
    ownBundles = ownBundles(bundleList(untouched));
  }

  @Test
  void whatWasAnsweredIsThereAfterEveryCrash() {
    try {
      for (int i = Length.of(1, 5); i > 0; i--) {
        crashes(Length.of(2, 5));
      }
    } finally {
      LOG.info("{\"test\":\"CrashIT\",{},\"seed\":{}}", counts, seed);
    }
  }

  /** Of one server: in its first start, and then in turn while it is changed and in a start. */
  private void crashes(int more) {
    try (Server server = Server.begin(Server.newFolder())) {
      pause(random.nextLong(start.toNanos()));
      server.kill();
      counts.killedInStart();
      restart(server);
      List<Owner> owners = owners(server);
      assertClean(server, owners, 0);
      for (int i = 0; i < more; i++) {
        int logged = server.log().length();
        if (i % 2 == 0) {
          killWhile(owners, server);
        } else {
          killInStart(server);
        }
        restart(server);
        owners.forEach(Owner::check);
        assertClean(server, owners, logged);
      }
    }
  }

  /** Each deployment that is live is one bundle, none is left of what is not, all others run. */
  private void assertClean(Server server, List<Owner> owners, int logged) {
    List<String> expected = owners.stream().flatMap(each -> each.location().stream()).toList();
    await()
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              String list = bundleList(server);
              assertThat(LOCATION.matcher(list).results().map(MatchResult::group))
                  .containsExactlyInAnyOrderElementsOf(expected);
              assertThat(ownBundles(list)).isEqualTo(ownBundles);
            });
    assertNoErrors(server, logged);
  }

  private List<Owner> owners(Server server) {
    List<Owner> owners = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      boolean byFile = i < 2;
      String name = Sources.unique(byFile ? "Saved" : "posted");
      owners.add(new Owner(server, name, byFile, new Random(random.nextLong()), counts));
      server.save("serai-" + name + ".yaml", owners.get(i).channel());
    }
    return owners;
  }

  private void killWhile(List<Owner> owners, Server server) {
    List<CompletableFuture<Void>> changes =
        owners.stream().map(each -> CompletableFuture.runAsync(each::change)).toList();
    pause(TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(6000)));
    server.kill();
    counts.killed();
    changes.forEach(CompletableFuture::join);
  }

  private void killInStart(Server server) {
    server.kill();
    server.begin();
    pause(random.nextLong(start.toNanos()));
    server.kill();
    counts.killedInStart();
  }

  private void restart(Server server) {
    long begin = System.nanoTime();
    server.restart();
    start = Duration.ofNanos(System.nanoTime() - begin);
  }

  /**
   * Those that come with a server. Ours are active; one of which only packages are used may be as
   * the start left it that was cut off.
   */
  private static List<String> ownBundles(String list) {
    return list.lines()
        .filter(line -> line.contains("mvn:"))
        .map(
            line -> line.contains("caravanserai") ? line : line.replaceAll("(Active|Resolved)", ""))
        .map(line -> line.replaceAll("^\\D*\\d+\\s*", "").replaceAll("\\s+", " "))
        .sorted()
        .toList();
  }

  private static String bundleList(Server server) {
    ScriptResult list = server.run("bin/serai", "bundle:list", "-t", "0", "-l");
    assertThat(list.status()).as(list.output()).isZero();
    return list.output();
  }

  private static void assertNoErrors(Server server, int from) {
    // A revision that was refused when the server ended is found, tried, and refused once more.
    assertThat(server.log().substring(from).lines())
        .filteredOn(line -> line.contains(" ERROR "))
        .allMatch(line -> line.contains("not restored") && line.contains("no luck"));
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
