import {
  Breadcrumb,
  BreadcrumbItem,
  Content,
  Flex,
  FlexItem,
  PageSection,
  Title,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useTitle } from './useTitle';

interface Props {
  title: string;
  /** Where the page is, from the top. */
  above?: { to: string; title: string }[];
  /** Beside the title. */
  labels?: ReactNode;
  /** At the right. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** The top of a page: where it is, what it is, what can be done. */
export function PageHead({ title, above, labels, actions, children }: Props) {
  useTitle(title);
  return (
    <PageSection>
      {above && (
        <Breadcrumb className="serai-breadcrumb">
          {above.map((each) => (
            <BreadcrumbItem
              key={each.to}
              render={({ className }) => (
                <Link className={className} to={each.to}>
                  {each.title}
                </Link>
              )}
            />
          ))}
          <BreadcrumbItem isActive>{title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
        <Flex>
          <FlexItem>
            <Title headingLevel="h1" className="serai-text">
              {title}
            </Title>
          </FlexItem>
          {labels}
        </Flex>
        {actions && <FlexItem className="serai-actions">{actions}</FlexItem>}
      </Flex>
      {children && <Content className="serai-lead">{children}</Content>}
    </PageSection>
  );
}
