package org.caravanserai.security.internal.user;

import org.caravanserai.security.internal.directory.Directory;
import org.caravanserai.security.internal.oidc.TokenUsers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells the users who else knows users: a directory, an issuer of tokens. */
@Component(service = UserSources.class, immediate = true)
public final class UserSources {

  private final UsersComponent users;

  /** Those that are there already come next. */
  @Activate
  public UserSources(@Reference UsersComponent users) {
    this.users = users;
  }

  /** A directory is there. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindDirectory(Directory there) {
    users.bindDirectory(there);
  }

  /** The directory is gone. */
  public void unbindDirectory(Directory gone) {
    users.unbindDirectory(gone);
  }

  /** An issuer of tokens is believed. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindIssuer(TokenUsers there) {
    users.bindIssuer(there);
  }

  /** The issuer is believed no more. */
  public void unbindIssuer(TokenUsers gone) {
    users.unbindIssuer(gone);
  }
}
