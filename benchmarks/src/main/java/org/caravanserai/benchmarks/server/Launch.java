package org.caravanserai.benchmarks.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param name for people
 * @param command program and arguments
 * @param environment more variables
 * @param log where its output goes
 * @param port of the traffic, on the loopback address
 * @param ready the path that answers 200 once it is ready
 */
record Launch(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path log,
    int port,
    String ready) {

  /** The java that runs this. */
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
}
