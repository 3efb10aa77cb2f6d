package org.caravanserai.pubsub.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Rights;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.push.PushServer;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.Lease;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.RunOn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderKindTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PushServer server;
  private FolderRoutes routes;
  private FolderKind kind;
  private String queue;
  private Path in;
  private LiveObject<PubSubFolder> open;
  private final OtherServer lease = new OtherServer();
  private RunOn runOn = RunOn.ONE_SERVER;
  private final AtomicInteger asked = new AtomicInteger();
  private final Set<String> permitted = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void start() throws Exception {
    permitted.add("shop");
    server = new PushServer(folder.resolve("data"));
    Topics topics = new Topics(server.broker);
    topics.open(new Topic(PushServer.TOPIC, Topic.Type.TOPIC, 1_000_000, 1000));
    Publisher publisher = new Publisher(server.broker, topics, new Permitted());
    routes =
        new FolderRoutes(
            (context, own, entrances) -> {}, publisher, server.invoker, server.pushes, lease);
    kind = new FolderKind(routes);
    queue = server.queue("crm");
    in = folder.resolve("in with a blank%20");
    Files.createDirectories(in);
  }

  @AfterEach
  void stop() {
    if (open != null) {
      open.close();
    }
    routes.stop();
    server.close();
  }

  private PubSubFolder folder(String pattern, String moveTo, boolean delete) {
    return new PubSubFolder(
        "drop",
        true,
        in.toString(),
        PushServer.TOPIC,
        "shop",
        pattern,
        moveTo,
        delete,
        Duration.ofMillis(100),
        Duration.ZERO,
        100,
        runOn);
  }

  /** A file that is old enough to be whole. */
  private Path file(String name, String content) throws Exception {
    Path file = in.resolve(name);
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    return file;
  }

  private List<StoredMessage> messages(int count) {
    await().atMost(IN_TIME).until(() -> server.depth(queue) >= count);
    return server.broker.browse(queue, message -> true, 0, 100);
  }

  @Test
  void eachFileIsOneMessage() throws Exception {
    file("a.json", "{\"a\":1}");
    file("b.txt", "für");
    file("c.dat", "bytes");
    file(".hidden", "not this one");
    open = kind.open(folder("*", ".done", false));
    List<Message> all = messages(3).stream().map(StoredMessage::message).toList();
    assertThat(all)
        .extracting(message -> message.properties().get("file_name"), Message::format)
        .containsExactlyInAnyOrder(
            tuple("a.json", Format.JSON),
            tuple("b.txt", Format.TEXT),
            tuple("c.dat", Format.BYTES));
    Message json =
        all.stream().filter(message -> message.format() == Format.JSON).findFirst().orElseThrow();
    assertThat(new String(json.data(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    assertThat(json.contentType()).hasValue("application/json");
    assertThat(json.publisher()).hasValue("shop");
    assertThat(json.cid()).isNotEmpty();
    await().atMost(IN_TIME).until(() -> Files.exists(in.resolve(".done/c.dat")));
    assertThat(in.resolve(".done/a.json")).hasContent("{\"a\":1}");
    assertThat(in.resolve("a.json")).doesNotExist();
    assertThat(in.resolve(".hidden")).exists();
  }

  @Test
  void onlyFilesOfThePatternAreTakenAndDeleted() throws Exception {
    file("a.json", "{}");
    file("b.txt", "stays");
    open = kind.open(folder("*.json", ".done", true));
    messages(1);
    await().atMost(IN_TIME).until(() -> Files.notExists(in.resolve("a.json")));
    assertThat(in.resolve(".done")).doesNotExist();
    assertThat(in.resolve("b.txt")).exists();
    assertThat(server.depth(queue)).isEqualTo(1);
  }

  /** As after a crash between the broker's word and the file's move. */
  @Test
  void theSameFileIsPublishedOnce() throws Exception {
    Path file = file("a.txt", "once");
    FileTime time = Files.getLastModifiedTime(file);
    open = kind.open(folder("*", ".done", false));
    messages(1);
    Path done = in.resolve(".done/a.txt");
    await().atMost(IN_TIME).until(() -> Files.exists(done));
    Files.copy(done, folder.resolve("again"));
    Files.setLastModifiedTime(folder.resolve("again"), time);
    Files.delete(done);
    Files.move(folder.resolve("again"), file);
    await().atMost(IN_TIME).until(() -> Files.exists(done));
    assertThat(server.depth(queue)).isEqualTo(1);
    file("a.txt", "changed");
    messages(2);
  }

  @Test
  void whatMayNotBePublishedStaysAndIsTriedAgain() throws Exception {
    permitted.clear();
    Path file = file("a.txt", "later");
    Path large = file("b.txt", "x".repeat(1001));
    open = kind.open(folder("*", ".done", false));
    await().atMost(IN_TIME).until(() -> asked.get() > 1);
    assertThat(file).exists();
    assertThat(server.depth(queue)).isZero();
    permitted.add("shop");
    messages(1);
    await().atMost(IN_TIME).until(() -> Files.notExists(file));
    assertThat(large).exists();
  }

  @Test
  void aChangedFolderIsFollowed() throws Exception {
    open = kind.open(folder("*.json", ".done", false));
    file("b.txt", "text");
    open.replace(folder("*.txt", ".done", false));
    messages(1);
    assertThat(routes.list()).hasSize(1);
    open.close();
    assertThat(routes.list()).isEmpty();
    file("c.txt", "stays");
    open = kind.open(folder("*.json", ".done", false));
    assertThat(in.resolve("c.txt")).exists();
  }

  @Test
  void aChangeThatCamelRefusesLeavesTheFolderAsItWas() throws Exception {
    open = kind.open(folder("*", ".done", false));
    assertThatThrownBy(() -> open.replace(folder("*", "${nonsense", false)))
        .isInstanceOf(Exception.class);
    file("a.txt", "still taken");
    messages(1);
  }

  @Test
  void filesAreLeftToTheServerWhoseTurnItIs() throws Exception {
    lease.isShared = true;
    open = kind.open(folder("*", ".done", false));
    Path file = file("a.txt", "not yet ours");
    int looks = lease.asked.get();
    await().atMost(IN_TIME).until(() -> lease.asked.get() > looks + 2);
    assertThat(file).exists();
    assertThat(asked).hasValue(0);

    lease.isOurs = true;
    messages(1);
    await().atMost(IN_TIME).until(() -> Files.notExists(file));
    assertThat(lease.claimed).containsExactly("pubsub_folder/drop");
    open.close();
    assertThat(lease.claimed).isEmpty();
  }

  /** As in a process that was frozen after it looked. */
  @Test
  void aFileIsNotPublishedOnceTheTurnIsOver() throws Exception {
    lease.isShared = true;
    lease.isOurs = true;
    lease.heldFor.set(1);
    Path file = file("a.txt", "of one that lost its turn");
    open = kind.open(folder("*", ".done", false));
    await().atMost(IN_TIME).until(() -> lease.asked.get() > 3);
    assertThat(file).exists();
    assertThat(server.depth(queue)).isZero();

    lease.heldFor.set(Integer.MAX_VALUE);
    messages(1);
  }

  @Test
  void eachServerTakesFilesIfItIsToldTo() throws Exception {
    lease.isShared = true;
    runOn = RunOn.EVERY_SERVER;
    open = kind.open(folder("*", ".done", false));
    file("a.txt", "everybody's");
    messages(1);
    assertThat(lease.claimed).isEmpty();
  }

  @Test
  void aRouteCanBeStopped() throws Exception {
    open = kind.open(folder("*", ".done", false));
    assertThat(routes.run("pubsub_folder/drop", RouteAction.STOP).orElseThrow().state())
        .isEqualTo("stopped");
    file("a.txt", "waits");
    assertThat(routes.run("pubsub_folder/drop", RouteAction.START).orElseThrow().state())
        .isEqualTo("started");
    messages(1);
    assertThat(routes.run("pubsub_folder/other", RouteAction.STOP)).isEmpty();
    assertThat(routes.contexts()).hasSize(1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(
            field(
                new PubSubFolder(
                    "d",
                    true,
                    "relative",
                    "t",
                    "s",
                    "*",
                    "m",
                    false,
                    sec(1),
                    sec(1),
                    1,
                    RunOn.ONE_SERVER)))
        .isEqualTo("directory");
    assertThat(
            field(
                new PubSubFolder(
                    "d",
                    true,
                    "/a",
                    "a b",
                    "s",
                    "*",
                    "m",
                    false,
                    sec(1),
                    sec(1),
                    1,
                    RunOn.ONE_SERVER)))
        .isEqualTo("topic");
    assertThat(
            field(
                new PubSubFolder(
                    "d",
                    true,
                    "/a",
                    "t",
                    "s",
                    "",
                    "m",
                    false,
                    sec(1),
                    sec(1),
                    1,
                    RunOn.ONE_SERVER)))
        .isEqualTo("pattern");
    assertThat(
            field(
                new PubSubFolder(
                    "d",
                    true,
                    "/a",
                    "t",
                    "s",
                    "*",
                    "",
                    false,
                    sec(1),
                    sec(1),
                    1,
                    RunOn.ONE_SERVER)))
        .isEqualTo("move_to");
    assertThat(
            field(
                new PubSubFolder(
                    "d",
                    true,
                    "/a",
                    "t",
                    "s",
                    "*",
                    "m",
                    false,
                    sec(0),
                    sec(1),
                    1,
                    RunOn.ONE_SERVER)))
        .isEqualTo("poll_interval");
    assertThat(
            field(
                new PubSubFolder(
                    "d",
                    true,
                    "/a",
                    "t",
                    "s",
                    "*",
                    "m",
                    false,
                    sec(1),
                    sec(-1),
                    1,
                    RunOn.ONE_SERVER)))
        .isEqualTo("min_age");
  }

  private static Duration sec(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private String field(PubSubFolder object) {
    return catchThrowableOfType(InvalidObjectException.class, () -> kind.validate(object)).field();
  }

  @Test
  void extensionsAndTypesGoTogether() {
    assertThat(FileTypes.typeOf("a.JSON")).hasValue("application/json");
    assertThat(FileTypes.typeOf("a")).isEqualTo(Optional.empty());
    assertThat(FileTypes.typeOf("a.unknown")).isEmpty();
    Message message = PushServer.text("m");
    assertThat(FileTypes.extension(message)).isEqualTo("txt");
    for (String type : List.of("application/problem+json", "application/json; charset=utf-8")) {
      assertThat(FileTypes.extension(message.with().contentType(Optional.of(type)).build()))
          .isEqualTo("json");
    }
    assertThat(FileTypes.extension(message.with().contentType(Optional.of("image/jpeg")).build()))
        .isEqualTo("jpg");
  }

  /** A lease that another server has, or this one. */
  private static final class OtherServer implements Lease {

    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger heldFor = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean isShared;
    private volatile boolean isOurs;

    @Override
    public boolean isShared() {
      return isShared;
    }

    @Override
    public Claim claim(String name, Consumer<Boolean> told) {
      claimed.add(name);
      return new Claim() {
        @Override
        public boolean isHeld() {
          asked.incrementAndGet();
          return isOurs && heldFor.getAndDecrement() > 0;
        }

        @Override
        public long number() {
          return 1;
        }

        @Override
        public void close() {
          claimed.remove(name);
        }
      };
    }

    @Override
    public Optional<Claim> hold(String name, Duration ttl, Duration wait) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Permitted implements Rights {

    @Override
    public boolean mayPublish(String definition, String topic) {
      asked.incrementAndGet();
      return permitted.contains(definition);
    }

    @Override
    public boolean maySubscribe(String definition, String topic) {
      return false;
    }
  }
}
