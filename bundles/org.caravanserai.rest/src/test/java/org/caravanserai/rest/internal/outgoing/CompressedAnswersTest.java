package org.caravanserai.rest.internal.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.caravanserai.api.ServiceException;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.rest.Rest;
import org.caravanserai.rest.RestResponse;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.spi.LiveConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers send compressed, as services read it. */
class CompressedAnswersTest {

  private static final String TEXT = "{\"text\":\"" + "long ".repeat(10_000) + "\"}";

  private final Stub stub = new Stub();
  private final OutgoingRestKind kind = new OutgoingRestKind(new Handles(), new MetricsComponent());
  private final TestCaller caller = new TestCaller();
  private LiveConnection<OutgoingRest, Rest> connection;

  @AfterEach
  void stop() {
    connection.close();
    kind.deactivate();
    stub.close();
  }

  private Rest rest(Object... changes) throws Exception {
    connection = kind.open(Connections.to(stub.url(), changes));
    return connection.facade(caller);
  }

  private static byte[] compressed(String how, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        how.equals("gzip")
            ? new GZIPOutputStream(bytes)
            : new DeflaterOutputStream(bytes, new Deflater(6, how.equals("raw")))) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void answers(String encoding, byte[] body) {
    stub.handler = exchange -> answer(exchange, encoding, body);
  }

  private static void answer(HttpExchange exchange, String encoding, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Content-Encoding", encoding);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip,gzip", "gzip,X-GZIP", "zlib,deflate", "raw,Deflate"})
  void documentsAndStreamsAreDecoded(String how, String encoding) throws Exception {
    answers(encoding, compressed(how, TEXT.getBytes(StandardCharsets.UTF_8)));
    Rest rest = rest();
    RestResponse whole = rest.get();
    assertThat(whole.text()).isEqualTo(TEXT);
    assertThat(whole.header("Content-Encoding")).isEmpty();
    assertThat(whole.header("Content-Length")).isEmpty();
    assertThat(stub.last().header("Accept-Encoding")).isEqualTo("gzip, deflate");
    RestResponse streamed = rest.request("GET").open();
    assertThat(streamed.stream()).hasContent(TEXT);
    assertThat(streamed.header("Content-Encoding")).isEmpty();
    caller.end();
  }

  @Test
  void whoAsksForAnEncodingGetsIt() throws Exception {
    byte[] body = compressed("gzip", TEXT.getBytes(StandardCharsets.UTF_8));
    answers("gzip", body);
    RestResponse response = rest().request("GET").header("accept-encoding", "gzip").send();
    assertThat(stub.last().header("Accept-Encoding")).isEqualTo("gzip");
    assertThat(response.bytes()).isEqualTo(body);
    assertThat(response.header("Content-Encoding")).contains("gzip");
  }

  @Test
  void anEncodingThatNobodyAskedForStaysAsItIs() throws Exception {
    answers("br", new byte[] {1, 2, 3});
    RestResponse response = rest().get();
    assertThat(response.bytes()).containsExactly(1, 2, 3);
    assertThat(response.header("Content-Encoding")).contains("br");
  }

  @Test
  void anAnswerWithoutABodyHasNone() throws Exception {
    answers("gzip", new byte[0]);
    Rest rest = rest();
    assertThat(rest.head(java.util.Map.of()).bytes()).isEmpty();
    assertThat(rest.get().bytes()).isEmpty();
    assertThat(rest.request("GET").open().stream()).isEmpty();
    caller.end();
  }

  @Test
  void theLimitCountsWhatIsDecoded() throws Exception {
    byte[] most = new byte[1_000_000];
    Rest rest = rest("maxResponseSize", "1000000");
    answers("gzip", compressed("gzip", most));
    assertThat(rest.get().bytes()).hasSize(most.length);
    answers("gzip", compressed("gzip", new byte[most.length + 1]));
    assertThatThrownBy(rest::get)
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("larger than max_response_size");
  }

  @ParameterizedTest
  @CsvSource({"gzip,gzip", "zlib,deflate"})
  void whatCantBeDecodedIs502(String how, String encoding) throws Exception {
    byte[] body = compressed(how, TEXT.getBytes(StandardCharsets.UTF_8));
    Rest rest = rest();
    for (byte[] broken : new byte[][] {Arrays.copyOf(body, body.length / 2), {0x7f, 0x7f, 0x7f}}) {
      answers(encoding, broken);
      assertThatThrownBy(rest::get)
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("encoding can't be undone")
          .extracting(failure -> ((ServiceException) failure).status())
          .isEqualTo(502);
    }
  }
}
