package org.caravanserai.camel.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.ManagementStatisticsLevel;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.impl.engine.PooledProcessorExchangeFactory;
import org.apache.camel.spi.ManagementAgent;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;

/** Makes Camel contexts that cost a call as little as possible. */
final class ChannelContext {

  private static final long SHUTDOWN_SECONDS = 10;

  private ChannelContext() {}

  /**
   * A context with {@code service:} and {@code connection:} endpoints, not started.
   *
   * @param name its name, by which JMX knows it
   * @param loader where it finds components
   */
  static CamelContext create(
      String name,
      ClassLoader loader,
      ServiceRegistry registry,
      Invoker invoker,
      ConnectionProducers connections) {
    RoutesContext context = new RoutesContext();
    context.getCamelContextExtension().setName(name);
    context.setManagementName(name);
    context.setApplicationContextClassLoader(loader);
    context.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
    context
        .getCamelContextExtension()
        .setProcessorExchangeFactory(new PooledProcessorExchangeFactory());
    context.setAutowiredEnabled(false);
    context.setMessageHistory(false);
    context.setStreamCaching(false);
    context.setTracing(false);
    context.setBacklogTracing(false);
    context.setStartupSummaryLevel(StartupSummaryLevel.Oneline);
    context.setUseMDCLogging(false);
    context.setAllowUseOriginalMessage(false);
    context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
    context.build();
    context.getCamelContextExtension().setManagementMBeanAssembler(new SharedDescriptions(context));
    context.getManagementStrategy().setManagementObjectStrategy(new RoutesOnlyManagement());
    ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
    agent.setStatisticsLevel(ManagementStatisticsLevel.RoutesOnly);
    agent.setLoadStatisticsEnabled(false);
    agent.setOnlyRegisterProcessorWithCustomId(true);
    context.addComponent("service", new ServiceComponent(registry, invoker, null));
    context.addComponent("connection", new ConnectionComponent(connections, invoker));
    return context;
  }
}
