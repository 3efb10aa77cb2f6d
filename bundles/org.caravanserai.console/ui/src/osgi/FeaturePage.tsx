import {
  Alert,
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  PageSection,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { call, path, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useNotices } from '../frame/Notices';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { Affected } from './Affected';
import { FeatureState } from './FeatureList';
import type { Feature, FeatureDetails, FeatureEffects, FeatureName } from './types';

const REFRESH_MILLIS = 5_000;
const ABOVE = [{ to: '/features', title: 'Features' }];

/** One feature: its bundles, what it needs, who needs it; what a change of it would do. */
export function FeaturePage() {
  const { name = '', version = '' } = useParams();
  const [asked, setAsked] = useState<'install' | 'uninstall'>();
  const mayChange = useMayChange('admin');
  const { data, error } = useQuery({
    queryKey: ['feature', name, version],
    queryFn: ({ signal }) => call<FeatureDetails>(path('features', name, version), { signal }),
    refetchInterval: REFRESH_MILLIS,
    retry: false,
  });
  const feature = data?.feature;
  const isInstalled = feature !== undefined && feature.state !== 'uninstalled';
  return (
    <>
      <PageHead
        title={`${name} ${version}`}
        above={ABOVE}
        labels={feature && <FeatureState feature={feature} />}
        actions={
          mayChange &&
          feature &&
          (!isInstalled || feature.isRequired) && (
            <Button
              variant={isInstalled ? 'danger' : 'primary'}
              onClick={() => setAsked(isInstalled ? 'uninstall' : 'install')}
            >
              {isInstalled ? 'Uninstall' : 'Install'}
            </Button>
          )
        }
      >
        {feature?.description}
      </PageHead>
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!data && !error && <Waiting what={name} />}
        {data && <Told details={data} />}
      </PageSection>
      {asked && feature && (
        <Change feature={feature} action={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function Told({ details }: { details: FeatureDetails }) {
  const { feature, bundles, needs, neededBy } = details;
  return (
    <DescriptionList isHorizontal isCompact>
      {details.details !== '' && (
        <Item term="About it">
          <span className="serai-text">{details.details}</span>
        </Item>
      )}
      <Item term="Repository">
        <code className="serai-text">{feature.repository}</code>
      </Item>
      <Item term="Bundles">
        {bundles.length === 0 && 'none'}
        <List isPlain>
          {bundles.map(({ location, isDependency, id }) => (
            <ListItem key={location}>
              {id === undefined ? (
                <code className="serai-text">{location}</code>
              ) : (
                <Link to={`/bundles/${id}`} className="serai-text">
                  {location}
                </Link>
              )}
              {isDependency && ', unless there is another such bundle'}
            </ListItem>
          ))}
        </List>
      </Item>
      <Item term="Needs">
        <Names names={needs} />
      </Item>
      <Item term="Needed by">
        <Names names={neededBy} />
      </Item>
    </DescriptionList>
  );
}

function Names({ names }: { names: FeatureName[] }) {
  return names.length === 0 ? (
    'none'
  ) : (
    <List isPlain>
      {names.map(({ name, version }) => (
        <ListItem key={`${name}/${version}`}>
          <Link to={`/features?q=${encodeURIComponent(name)}`}>{name}</Link> {version}
        </ListItem>
      ))}
    </List>
  );
}

/** Shows what a change would do before it is done. */
function Change(props: { feature: Feature; action: string; onClose: () => void }) {
  const { feature, action, onClose } = props;
  const queries = useQueryClient();
  const notify = useNotices();
  const where = path('features', feature.name, feature.version, action);
  const title = `${action === 'install' ? 'Install' : 'Uninstall'} ${feature.name}?`;
  const preview = useQuery({
    queryKey: ['feature preview', where],
    queryFn: ({ signal }) =>
      call<FeatureEffects>(`${where}?dryRun=true`, { method: 'POST', signal }),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const affected = preview.data?.affected ?? [];
  const change = useMutation({
    mutationFn: () =>
      call<FeatureEffects>(where + query({ force: affected.length > 0 || undefined }), {
        method: 'POST',
      }),
    onSuccess: () => {
      notify('success', `${feature.name} ${feature.version}: ${action} is done.`);
      onClose();
      void queries.invalidateQueries();
    },
  });
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="ch" aria-describedby="what">
      <ModalHeader labelId="ch" title={title} />
      <ModalBody id="what">
        {preview.isPending && <Waiting what="what it would do" />}
        {preview.error && <ProblemAlert failure={preview.error} />}
        {preview.data && <Effects effects={preview.data} />}
        {change.error && <ProblemAlert failure={change.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={affected.length > 0 || action === 'uninstall' ? 'danger' : 'primary'}
          isLoading={change.isPending}
          isDisabled={change.isPending || !preview.data}
          onClick={() => change.mutate()}
        >
          {affected.length > 0 ? 'Go on and restart them' : 'Go on'}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Effects({ effects }: { effects: FeatureEffects }) {
  return (
    <>
      {effects.changes.length === 0 && <p>No bundle and no other feature comes or goes.</p>}
      <List aria-label="What it does">
        {effects.changes.map((line) => (
          <ListItem key={line} className="serai-text">
            {line}
          </ListItem>
        ))}
      </List>
      {effects.affected.length > 0 && (
        <Alert component="p" variant="warning" isInline title="Bundles of others are restarted">
          <Affected affected={effects.affected} />
        </Alert>
      )}
    </>
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
