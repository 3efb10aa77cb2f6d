package org.caravanserai.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.caravanserai.benchmarks.Bench;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty 12 with its default settings and one handler that answers every request the same. */
public final class BareJetty {

  private BareJetty() {}

  /** A bare Jetty with a constant answer, on the Jetty that we use. */
  public static Launched launch(Bench bench) throws IOException, InterruptedException {
    int port = Ports.free(1).get(0);
    List<String> command =
        List.of(
            Launch.JAVA,
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            BareJetty.class.getName(),
            Integer.toString(port));
    Path log = bench.folder("jetty").resolve("log");
    return Launched.start(new Launch("bare Jetty 12", command, Map.of(), log, port, "/hello"));
  }

  /** Serves: port. */
  public static void main(String[] arguments) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);
    server.setHandler(new Constant());
    server.setStopAtShutdown(true);
    server.start();
    server.join();
  }

  private static final class Constant extends Handler.Abstract {

    private static final byte[] ANSWER =
        "{\"greeting\":\"Hello, Ada\"}".getBytes(StandardCharsets.UTF_8);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(ANSWER), callback);
      return true;
    }
  }
}
