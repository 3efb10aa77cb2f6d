package org.caravanserai.pubsub.internal.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFrameTest {

  /** {@code '} stands for {@code "}. */
  private static ClientFrame read(String json) {
    ClientFrame frame = frame(json);
    frame.read();
    return frame;
  }

  private static ClientFrame frame(String json) {
    return new ClientFrame(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void allElementsAreRead() {
    ClientFrame frame =
        read(
            "{'action':'subscribe','id':7,'topics':['a','b'],'ack':'manual','max_in_flight':3,"
                + "'msg_ids':['m1','m2'],'topic':'t','other':{'id':'not this'}}");

    assertThat(frame.action()).isEqualTo(ClientFrame.Action.SUBSCRIBE);
    assertThat(frame.id()).isEqualTo("7");
    assertThat(frame.topics()).containsExactly("a", "b");
    assertThat(frame.isManual()).isTrue();
    assertThat(frame.maxInFlight(10)).isEqualTo(3);
    assertThat(frame.messageIds()).containsExactly("m1", "m2");
    assertThat(frame.topic()).isEqualTo("t");
  }

  @Test
  void whatIsNotSaidIsUsual() {
    ClientFrame frame = read("{'action':'subscribe','topic':'a','ack':null,'id':null}");

    assertThat(frame.topics()).containsExactly("a");
    assertThat(frame.isManual()).isFalse();
    assertThat(frame.maxInFlight(1000)).isEqualTo(100);
    assertThat(frame.maxInFlight(10)).isEqualTo(10);
    assertThat(frame.id()).isEmpty();
  }

  @Test
  void anIdGoesBackAsItCame() {
    assertThat(read("{'action':'ack','id':'a\\'b\\u0001'}").id()).isEqualTo("\"a\\\"b\\u0001\"");
  }

  @Test
  void theIdIsKnownThoughLaterElementsMakeNoSense() {
    ClientFrame frame = frame("{'id':'x1','action':3}");

    assertThatThrownBy(frame::read).hasMessage("action: expected a text");
    assertThat(frame.id()).isEqualTo("\"x1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          []                                  | expected a JSON object with an action
          'text'                              | expected a JSON object with an action
          {'action':'ack'} {}                 | expected one JSON object and nothing after it
          {'action':                          | malformed JSON at line 1, column
          {action:'x'}                        | malformed JSON at line 1, column
          {'id':{}}                           | id: expected a text or a whole number
          {'id':1.5}                          | id: expected a text or a whole number
          {'id':true}                         | id: expected a text or a whole number
          {'topic':1}                         | topic: expected a text
          {'topics':'a'}                      | topics: expected a list
          {'topics':['a',1]}                  | topics/1: expected a text
          {'msg_ids':{}}                      | msg_ids: expected a list
          {'ack':true}                        | ack: expected a text
          {'max_in_flight':0}                 | max_in_flight: expected a whole number from 1 on
          {'max_in_flight':'5'}               | max_in_flight: expected a whole number from 1 on
          {'max_in_flight':5000000000}        | max_in_flight: expected a whole number from 1 on
          """)
  void whatMakesNoSenseIsNamed(String json, String message) {
    assertThat(catchThrowableOfType(ServiceException.class, () -> read(json)))
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(400))
        .satisfies(failure -> assertThat(failure.details()).startsWith(message));
  }

  @Test
  void soIsWhatIsMissing() {
    ClientFrame empty = read("{}");

    assertThatThrownBy(empty::action).hasMessage("action: missing");
    assertThatThrownBy(empty::topic).hasMessage("topic: missing");
    assertThatThrownBy(empty::topics).hasMessage("topics: missing");
    assertThatThrownBy(empty::messageIds).hasMessage("msg_ids: missing");
    assertThatThrownBy(() -> read("{'topics':[]}").topics())
        .hasMessage("topics: expected at least one");
    assertThatThrownBy(() -> read("{'action':'dance'}").action())
        .hasMessageStartingWith("action: expected publish, subscribe")
        .hasMessageEndingWith("dance");
    assertThatThrownBy(() -> read("{'ack':'maybe'}").isManual())
        .hasMessage("ack: expected auto or manual, found maybe");
    assertThatThrownBy(() -> read("{'max_in_flight':11}").maxInFlight(10))
        .hasMessage("max_in_flight: expected at most 10");
    assertThatThrownBy(() -> read("{'id':'" + "x".repeat(201) + "'}"))
        .hasMessage("id: longer than 200 characters");
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      read(text);
    } catch (ServiceException e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }
}
