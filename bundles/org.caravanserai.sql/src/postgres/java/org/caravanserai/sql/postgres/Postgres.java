package org.caravanserai.sql.postgres;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A PostgreSQL of the tests' own, on a free port of the loopback interface. PostgreSQL refuses to
 * run as root: as root it runs as {@code nobody}.
 */
public final class Postgres implements AutoCloseable {

  /** The database. */
  public static final String DATABASE = "postgres";

  /** The user. */
  public static final String USER = "serai";

  /** The user's password. */
  public static final String PASSWORD = "caravan";

  private static final String BINARIES = "/postgres-linux-x86_64.txz";
  private static final String NOBODY = "65534";
  private static final long SECONDS = 60;

  private final Path folder;
  private final int port;

  /** Starts it. */
  public Postgres() {
    try {
      folder = Files.createTempDirectory("serai-postgres");
      port = freePort();
      unpack();
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (isRoot()) {
        run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()), false);
      }
      run(
          List.of(
              bin("initdb"),
              "--pgdata=" + folder.resolve("data"),
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"),
          true);
      start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private String bin(String program) {
    return folder.resolve("bin").resolve(program).toString();
  }

  /** Starts it again after {@link #stop}, on the same port. */
  public void start() {
    run(
        List.of(
            bin("pg_ctl"),
            "start",
            "--wait",
            "--silent",
            "--pgdata=" + folder.resolve("data"),
            "--log=" + folder.resolve("log"),
            "--options=-p "
                + port
                + " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories="
                + folder),
        true);
  }

  /** Stops it as a power cut does; clients meet a closed port. */
  public void stop() {
    run(
        List.of(
            bin("pg_ctl"),
            "stop",
            "--mode=immediate",
            "--silent",
            "--pgdata=" + folder.resolve("data")),
        true);
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Its JDBC URL. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  private void unpack() throws IOException {
    try (InputStream packed = Postgres.class.getResourceAsStream(BINARIES);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
          throw new IOException("outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
            throw new IOException("can't be made executable: " + path);
          }
        }
      }
    }
  }

  private void run(List<String> command, boolean unprivileged) {
    List<String> full = new ArrayList<>();
    if (unprivileged && isRoot()) {
      full.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    full.addAll(command);
    try {
      File out = folder.resolve("out").toFile();
      Process process =
          new ProcessBuilder(full)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end of " + full);
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(full + " failed: " + Files.readString(out.toPath()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops it and removes what it wrote. */
  @Override
  public void close() {
    if (answers()) {
      stop();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
