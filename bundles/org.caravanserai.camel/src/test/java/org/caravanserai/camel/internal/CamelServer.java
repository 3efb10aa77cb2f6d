package org.caravanserai.camel.internal;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Service;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.internal.LiveCallPool;
import org.caravanserai.runtime.internal.LiveInvoker;
import org.caravanserai.runtime.internal.LiveRegistry;
import org.caravanserai.runtime.internal.RuntimeSettings;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The runtime and the Camel context of channels, in an embedded framework. */
final class CamelServer {

  final LiveRegistry registry;
  final LiveInvoker invoker;
  final ChannelRoutesService routes;
  final Framework framework;
  final ConnectionProducers connections = new ConnectionProducers();
  private final LiveCallPool pool;
  private int revision;

  CamelServer() throws Exception {
    Path folder = Files.createTempDirectory("felix");
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.toString(),
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                    "felix.log.level",
                    "1"));
    framework.start();
    RuntimeSettings settings =
        (RuntimeSettings)
            Proxy.newProxyInstance(
                CamelServer.class.getClassLoader(),
                new Class<?>[] {RuntimeSettings.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    registry = new LiveRegistry(settings);
    pool = new LiveCallPool(settings);
    invoker = new LiveInvoker(settings, registry, pool);
    routes = new ChannelRoutesService(framework.getBundleContext(), registry, invoker, connections);
  }

  /** Deploys a service. */
  ServiceRevision deploy(Class<? extends Service<?, ?>> type) throws Exception {
    ServiceRevision next = registry.prepare(type, "test", ++revision);
    registry.swap(List.of(next), List.of());
    return next;
  }

  /** A call with a JSON document. */
  Call call(String json) {
    Payload payload =
        new Payload.Document(
            json.getBytes(StandardCharsets.UTF_8), DataFormat.JSON, Map.of(), false);
    return new Call(
        invoker.newCid(), new Channel("channel_test", "one", Optional.empty()), payload, null);
  }

  /** Sends a call and waits for its reply. */
  Reply send(ChannelRoute route, Call call) throws Exception {
    CompletableFuture<Reply> reply = begin(route, call);
    return reply.get(10, TimeUnit.SECONDS);
  }

  /** Sends a call on this thread; the reply may come later. */
  static CompletableFuture<Reply> begin(ChannelRoute route, Call call)
      throws ChannelStoppedException {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    route.call(call, reply::complete);
    return reply;
  }

  /** Stops everything. */
  void stop() throws Exception {
    routes.stop();
    pool.deactivate();
    registry.deactivate();
    framework.stop();
    framework.waitForStop(10_000);
  }
}
