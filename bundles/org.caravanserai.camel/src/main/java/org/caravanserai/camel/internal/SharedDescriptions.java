package org.caravanserai.camel.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.RequiredModelMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.management.mbean.ManagedRoute;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;

/**
 * Makes the MBeans of a context. Those of its routes share the description of their attributes and
 * operations, which Camel makes anew for each: some 45 KB.
 */
final class SharedDescriptions extends DefaultManagementMBeanAssembler {

  private final Map<Class<?>, ModelMBeanInfo> descriptions = new ConcurrentHashMap<>();

  SharedDescriptions(CamelContext context) {
    super(context);
  }

  @Override
  public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name)
      throws JMException {
    if (!(managed instanceof ManagedRoute)) {
      return super.assemble(server, managed, name);
    }
    ModelMBeanInfo description = descriptions.get(managed.getClass());
    if (description == null) {
      description = assembler.getMBeanInfo(camelContext, managed, null, name.toString());
      descriptions.put(managed.getClass(), description);
    }
    RequiredModelMBean bean = new MixinRequiredModelMBean(description, false, null, null);
    try {
      bean.setManagedResource(managed, "ObjectReference");
    } catch (InvalidTargetObjectTypeException e) {
      throw new JMException(e.getMessage());
    }
    return bean;
  }
}
