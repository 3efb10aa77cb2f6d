package org.caravanserai.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the parts share.
 *
 * @param effort how long it may take
 * @param project the root of the project
 * @param work a folder for everything that servers write
 * @param terminal where progress is told
 */
public record Bench(Effort effort, Path project, Path work, PrintWriter terminal) {

  private static final AtomicInteger FOLDERS = new AtomicInteger();

  /** The exploded distribution. */
  public Path distribution() {
    return project.resolve("assembly/target/assembly");
  }

  /** Where the peers' set-up is. */
  public Path peers() {
    return project.resolve("benchmarks/peers");
  }

  /** A new folder of its own. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(work.resolve(name + "-" + FOLDERS.incrementAndGet()));
  }

  /** Tells how far it is. */
  public void say(String text) {
    terminal.println("  " + text);
    terminal.flush();
  }
}
