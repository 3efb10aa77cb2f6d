package org.caravanserai.pubsub.internal.ws;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code GET /pubsub/ws}, PID {@code org.caravanserai.pubsub.websocket}. */
@ObjectClassDefinition(name = "Publish/subscribe by WebSocket")
public @interface SocketSettings {

  /** How many bytes a frame of a client may have. */
  @AttributeDefinition(
      description = "How many bytes a frame of a client may have; after more the socket is closed")
  int max__frame__size() default 16 * 1024 * 1024;

  /** How many frames of a client may wait for their answers. */
  @AttributeDefinition(
      description = "How many frames of a client may wait for their answers before more are read")
  int max__requests() default 1000;

  /** How many bytes these may have together. */
  @AttributeDefinition(
      description = "How many bytes the frames that wait for their answers may have together")
  long max__request__bytes() default 16 * 1024 * 1024;

  /** How many topics a client may receive from. */
  @AttributeDefinition(description = "How many topics a client may receive from by one socket")
  int max__topics() default 100;

  /** How many messages of a topic a client may have that it has not acknowledged. */
  @AttributeDefinition(
      description = "How many messages of a topic a client may ask to have unacknowledged")
  int max__in__flight() default 1000;

  /** How many bytes the messages may have that a client has not acknowledged. */
  @AttributeDefinition(
      description =
          "How many bytes the messages of all topics may have together that a client has not"
              + " acknowledged, before no more are sent")
  long max__in__flight__bytes() default 16 * 1024 * 1024;

  /** How many threads work on the frames of all clients. */
  @AttributeDefinition(description = "How many threads work on the frames of all clients")
  int threads() default 8;

  /** How many frames in a row may make no sense. */
  @AttributeDefinition(
      description = "How many frames in a row may make no sense; after more the socket is closed")
  int max__bad__frames() default 20;
}
