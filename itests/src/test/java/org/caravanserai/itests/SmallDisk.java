package org.caravanserai.itests;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file system of a fixed size, which is mounted where only the processes that {@link #enter} it
 * see it. It takes no rights: a user who is not root is, in there, root of a name space of his own.
 */
final class SmallDisk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
  private static final byte[] ZEROS = new byte[4096];

  private final Path mountPoint;
  private final boolean root = "root".equals(System.getProperty("user.name"));
  private final Process holder;

  /** A new one, empty, of that many megabytes. */
  SmallDisk(int megabytes) {
    mountPoint = Server.newFolder().toAbsolutePath();
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    if (!root) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    // It lasts as long as this process holds it, and that as long as its input is open.
    command.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size="
                + megabytes
                + "m,mode=0755 tmpfs \"$0\" && echo ok && read -r end",
            mountPoint.toString()));
    try {
      holder = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
      String first = said.readLine();
      if (!"ok".equals(first)) {
        throw new AssertionError(
            "this test needs a small file system, which this machine does not let it mount ("
                + String.join(" ", command.subList(0, root ? 2 : 4))
                + "): "
                + first);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("this test needs unshare of util-linux", e);
    }
  }

  /** Where it is for those who entered it. */
  Path mountPoint() {
    return mountPoint;
  }

  /** Where it is for this process. */
  Path folder() {
    return Path.of("/proc", Long.toString(holder.pid()), "root").resolve("." + mountPoint);
  }

  /** What a command must begin with to see it. */
  List<String> enter() {
    List<String> command =
        new ArrayList<>(List.of("nsenter", "--target", Long.toString(holder.pid()), "--mount"));
    if (!root) {
      command.addAll(List.of("--user", "--preserve-credentials"));
    }
    command.add("--");
    return command;
  }

  /** Takes all the space that is left, until what others gave back is taken too. */
  void fill() {
    await("the disk is full")
        .during(Duration.ofMillis(500))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              boolean full = folder().toFile().getUsableSpace() == 0;
              if (!full) {
                takeAll();
              }
              return full;
            });
  }

  private void takeAll() {
    try (OutputStream out =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(ZEROS);
      }
    } catch (IOException e) {
      LOG.debug("Full: {}", String.valueOf(e));
    }
  }

  /** Gives it back. */
  void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return folder().resolve("filler");
  }

  @Override
  public void close() {
    holder.destroy();
  }
}
