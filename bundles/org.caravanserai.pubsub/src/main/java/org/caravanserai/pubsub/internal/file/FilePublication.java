package org.caravanserai.pubsub.internal.file;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.support.AsyncProcessorSupport;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.runtime.Invoker;

/** Publishes the files of one folder; an exchange is done when the broker has its file. */
final class FilePublication extends AsyncProcessorSupport {

  private final PubSubFolder folder;
  private final Publisher publisher;
  private final Invoker invoker;
  private final Executor executor;
  private final Turn turn;

  /**
   * Publishes files.
   *
   * @param executor moves what has been published
   * @param turn whether the files are this server's to publish
   */
  FilePublication(
      PubSubFolder folder, Publisher publisher, Invoker invoker, Executor executor, Turn turn) {
    this.folder = folder;
    this.publisher = publisher;
    this.invoker = invoker;
    this.executor = executor;
    this.turn = turn;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      publish(exchange, callback);
      return false;
    } catch (IOException | ServiceException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
  }

  private void publish(Exchange exchange, AsyncCallback callback) throws IOException {
    // The look was some files ago, and this process may have been frozen since.
    if (!turn.isOurs()) {
      throw new ServiceException(503, "another server may take them now");
    }
    File file = (File) exchange.getMessage().getBody(GenericFile.class).getFile();
    Topic topic = publisher.target(Optional.of(folder.security()), folder.topic());
    Publisher.checkSize(topic, file.length());
    Message message =
        FileMessage.read(file.toPath(), topic.name(), folder.security(), invoker.newCid());
    publisher.publish(
        topic,
        message,
        new Confirmation() {
          @Override
          public void confirmed() {
            // The broker's thread has others to tell.
            executor.execute(() -> callback.done(false));
          }

          @Override
          public void failed(BrokerException failure) {
            exchange.setException(BrokerFaults.of(failure));
            executor.execute(() -> callback.done(false));
          }
        });
  }
}
