package org.caravanserai.pubsub.internal;

/** Who may publish to and receive from what. */
public interface Rights {

  /** Whether a security definition may publish to a topic or queue of that name, in any case. */
  boolean mayPublish(String definition, String topic);

  /** Whether a security definition may receive what is published to it. */
  boolean maySubscribe(String definition, String topic);
}
