package org.caravanserai.pubsub.internal.file;

import java.io.File;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.caravanserai.api.ServiceException;
import org.caravanserai.pubsub.internal.Publisher;

/**
 * Looks for no files while they are another server's or could not be published anyway, and leaves
 * alone those that are too large, so that they are not read for nothing each time.
 */
final class FolderPolls implements PollingConsumerPollStrategy, GenericFileFilter<File> {

  private final PubSubFolder folder;
  private final Publisher publisher;
  private final FolderComplaints complaints;
  private final Turn turn;

  FolderPolls(PubSubFolder folder, Publisher publisher, FolderComplaints complaints, Turn turn) {
    this.folder = folder;
    this.publisher = publisher;
    this.complaints = complaints;
    this.turn = turn;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return turn.isOurs() && isTaken(0);
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    return isTaken(file.getFileLength());
  }

  private boolean isTaken(long size) {
    try {
      Publisher.checkSize(publisher.target(Optional.of(folder.security()), folder.topic()), size);
      return true;
    } catch (ServiceException e) {
      complaints.handleException(e);
      return false;
    }
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    // There is nothing to be done.
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
    complaints.handleException(cause);
    return false;
  }
}
