import {
  Alert,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  PageSection,
  Title,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { call, path } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { counted, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { Affected } from './Affected';
import { BundleActions } from './BundleActions';
import { BundleState } from './BundleList';
import type { BundleDetails, BundleEnd, OsgiService, Wire } from './types';

const REFRESH_MILLIS = 5_000;
const ABOVE = [{ to: '/bundles', title: 'Bundles' }];

/** One bundle: why it does not run, its wires both ways, its services, whom a refresh restarts. */
export function BundlePage() {
  const { id = '' } = useParams();
  const mayChange = useMayChange('admin');
  const { data, error } = useQuery({
    queryKey: ['bundle', id],
    queryFn: ({ signal }) => call<BundleDetails>(path('bundles', id), { signal }),
    refetchInterval: REFRESH_MILLIS,
    retry: false,
  });
  const bundle = data?.bundle;
  return (
    <>
      <PageHead
        title={bundle ? `${bundle.name} ${bundle.version}` : `Bundle ${id}`}
        above={ABOVE}
        labels={bundle && <BundleState bundle={bundle} />}
        actions={
          data && mayChange && !data.bundle.isServer && <BundleActions key={id} details={data} />
        }
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!data && !error && <Waiting what={`bundle ${id}`} />}
        {data && <Told details={data} />}
      </PageSection>
    </>
  );
}

function Told({ details }: { details: BundleDetails }) {
  const { bundle, headers, requires, provides, registers, uses, affected } = details;
  return (
    <>
      {bundle.problem && (
        <Alert component="p" variant="warning" isInline title="Why it does not run">
          <span className="serai-text">{bundle.problem}</span>
        </Alert>
      )}
      <DescriptionList isHorizontal isCompact className="serai-part">
        <Item term="Id">{bundle.id}</Item>
        {bundle.deployment && (
          <Item term="Deployment">
            <Link to={`/${path('deployments', bundle.deployment)}`}>{bundle.deployment}</Link>
          </Item>
        )}
        <Item term="Location">
          <code className="serai-text">{bundle.location}</code>
        </Item>
        <Item term="Start level">{bundle.startLevel}</Item>
        {Date.parse(details.changedAt) > 0 && (
          <Item term="Last changed">{moment(details.changedAt)}</Item>
        )}
        <Item term="Components">
          <Link to={`/components?bundle=${bundle.id}`}>those of this bundle</Link>
        </Item>
        {bundle.isServer && (
          <Item term="Changes">The server is made of it: only the shell changes it.</Item>
        )}
      </DescriptionList>
      <Part title="A refresh restarts">
        {affected.length === 0 ? 'No other bundle.' : <Affected affected={affected} />}
      </Part>
      <Part title={counted(requires.length, 'wire to others', 'wires to others')}>
        <Wires wires={requires} label="Wires to others" />
      </Part>
      <Part title={counted(provides.length, 'wire of others to it', 'wires of others to it')}>
        <Wires wires={provides} label="Wires of others to it" />
      </Part>
      <Part title={counted(registers.length, 'registered service')}>
        <Services services={registers} label="Registered services" others={(each) => each.users} />
      </Part>
      <Part title={counted(uses.length, 'used service')}>
        <Services services={uses} label="Used services" others={(each) => [each.bundle]} />
      </Part>
      <Part title="Headers">
        <DescriptionList isHorizontal isCompact>
          {Object.entries(headers).map(([name, value]) => (
            <Item key={name} term={name}>
              <span className="serai-text">{value}</span>
            </Item>
          ))}
        </DescriptionList>
      </Part>
    </>
  );
}

function Wires({ wires, label }: { wires: Wire[]; label: string }) {
  return (
    wires.length > 0 && (
      <div className="serai-table-box">
        <Table aria-label={label} variant="compact" className="serai-table">
          <Thead>
            <Tr>
              <Th>What</Th>
              <Th>Name</Th>
              <Th>Version</Th>
              <Th>Bundle</Th>
            </Tr>
          </Thead>
          <Tbody>
            {wires.map((wire, index) => (
              <Tr key={index}>
                <Td dataLabel="What">{wire.namespace.replace('osgi.wiring.', '')}</Td>
                <Td dataLabel="Name" modifier="breakWord">
                  {wire.name}
                </Td>
                <Td dataLabel="Version">{wire.version}</Td>
                <Td dataLabel="Bundle" modifier="breakWord">
                  <End bundle={wire.bundle} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </div>
    )
  );
}

function Services(props: {
  services: OsgiService[];
  label: string;
  others: (service: OsgiService) => BundleEnd[];
}) {
  const { services, label, others } = props;
  return (
    services.length > 0 && (
      <div className="serai-table-box">
        <Table aria-label={label} variant="compact" className="serai-table">
          <Thead>
            <Tr>
              <Th>Id</Th>
              <Th>Types</Th>
              <Th>{label === 'Used services' ? 'Of' : 'Used by'}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {services.map((service) => (
              <Tr key={service.id}>
                <Td dataLabel="Id">{service.id}</Td>
                <Td dataLabel="Types" modifier="breakWord">
                  {service.types.join(', ')}
                </Td>
                <Td dataLabel="Bundles" modifier="breakWord">
                  {others(service).map((bundle) => (
                    <div key={bundle.id}>
                      <End bundle={bundle} />
                    </div>
                  ))}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </div>
    )
  );
}

function End({ bundle }: { bundle: BundleEnd }) {
  return (
    <Link to={`/bundles/${bundle.id}`}>
      {bundle.name} {bundle.version}
    </Link>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="serai-part">
      <Title headingLevel="h2">{title}</Title>
      {children}
    </section>
  );
}

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
