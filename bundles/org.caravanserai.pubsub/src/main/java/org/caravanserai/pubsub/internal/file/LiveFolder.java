package org.caravanserai.pubsub.internal.file;

import org.caravanserai.spi.LiveObject;

/** A folder whose files are published. */
final class LiveFolder implements LiveObject<PubSubFolder> {

  private final FolderRoutes routes;
  private PubSubFolder current;

  LiveFolder(FolderRoutes routes, PubSubFolder current) {
    this.routes = routes;
    this.current = current;
  }

  @Override
  public synchronized void replace(PubSubFolder changed) throws Exception {
    routes.close(current.name());
    try {
      routes.open(changed);
      current = changed;
    } catch (Exception e) {
      routes.open(current);
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    routes.close(current.name());
  }
}
