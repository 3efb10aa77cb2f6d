package org.caravanserai.junit5;

import java.util.List;

/**
 * A durable call that a service has stored. It is not made in the test, which may make it by {@link
 * SeraiTest#invoke}.
 *
 * @param service the service that is to be called
 * @param data its input as text: JSON of objects, texts as they are
 * @param onTarget the services that are told of it
 * @param onFinal the services that are told when all of its set have ended
 * @param id the id of its set, which {@code start()} returned
 */
public record StoredCall(
    String service, String data, List<String> onTarget, List<String> onFinal, String id) {}
