package org.caravanserai.management.internal;

import java.util.List;

/** A part of the admin API: some operations that belong together. */
interface Resource {

  /** The operations; always the same. */
  List<ApiOperation> operations();
}
