package org.caravanserai.broker;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told, exactly once, what became of something that had to reach the disk. Must not block. */
@ConsumerType
public interface Confirmation {

  /** For those who don't need to know. */
  Confirmation NONE =
      new Confirmation() {
        @Override
        public void confirmed() {
          // Nobody waits for it.
        }

        @Override
        public void failed(BrokerException failure) {
          // Nobody waits for it.
        }
      };

  /** It is on the disk. */
  void confirmed();

  /** It is not. */
  void failed(BrokerException failure);
}
