import {
  ActionGroup,
  Alert,
  Button,
  Checkbox,
  ExpandableSection,
  Form,
  FormGroup,
  List,
  ListItem,
  PageSection,
  Tab,
  Tabs,
  TabTitleText,
  Title,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ChangeEvent } from 'react';
import { Link } from 'react-router';
import { call, callText, path, Problem, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { ImportResult } from '../api/types';
import { useNotices } from '../frame/Notices';
import { useKinds } from '../objects/kinds';
import { Diff } from '../shared/Diff';
import { DocumentArea } from '../shared/DocumentArea';
import { Filter } from '../shared/Filter';
import { counted } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { Diagnostics, ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';

/** The configuration as a whole: out as one file, in from one. */
export function Configuration() {
  const [address, change] = useAddress();
  const mayImport = useMayChange('operator');
  const part = address.get('part') === 'import' && mayImport ? 'import' : 'export';
  return (
    <>
      <PageHead title="Configuration">
        All objects as one YAML file, the same as that of <code>bin/serai export</code>. No secret
        is in it.
      </PageHead>
      <PageSection>
        <Tabs
          aria-label="Parts of the configuration"
          activeKey={part}
          mountOnEnter
          onSelect={(_, key) => change({ part: key === 'export' ? '' : String(key) })}
        >
          <Tab eventKey="export" title={<TabTitleText>Export</TabTitleText>}>
            <Export />
          </Tab>
          {mayImport && (
            <Tab eventKey="import" title={<TabTitleText>Import</TabTitleText>}>
              <Import />
            </Tab>
          )}
        </Tabs>
      </PageSection>
    </>
  );
}

function Export() {
  const [address] = useAddress();
  const kind = address.get('kind') ?? '';
  const asked = `config/export${query({ kind })}`;
  const kinds = useKinds();
  const { data, error } = useQuery({
    queryKey: ['export', kind],
    queryFn: ({ signal }) => callText(asked, { signal }),
  });
  return (
    <div className="serai-part serai-wide">
      <div className="serai-field-head">
        <Filter name="kind" label="Kind" values={(kinds.data ?? []).map(({ name }) => name)} />
        <a
          className="pf-v6-c-button pf-m-primary"
          href={`/api/v1/${asked}`}
          download={kind === '' ? 'serai.yaml' : `${kind}.yaml`}
        >
          Save as a file
        </a>
      </div>
      {error && <ProblemAlert failure={error} />}
      {data !== undefined && (
        <pre className="serai-diff serai-part" tabIndex={0} role="region" aria-label="Export">
          {data}
        </pre>
      )}
    </div>
  );
}

function Import() {
  const [yaml, setYaml] = useState('');
  const [isPruning, setPruning] = useState(false);
  const queries = useQueryClient();
  const notify = useNotices();
  const send = (dryRun: boolean) =>
    call<ImportResult>(
      `config/import${query({ dryRun: dryRun || undefined, prune: isPruning || undefined })}`,
      { method: 'POST', body: yaml, contentType: 'application/yaml' },
    );
  const compare = useMutation({ mutationFn: () => send(true) });
  const apply = useMutation({
    mutationFn: () => send(false),
    onSuccess: (done) => {
      notify('success', `Imported: ${told(done)}.`);
      compare.reset();
      void queries.invalidateQueries();
    },
  });
  const reset = () => {
    compare.reset();
    apply.reset();
  };
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    void file?.text().then((text) => {
      setYaml(text);
      reset();
    });
  };
  const failure = apply.error ?? compare.error;
  const plan = compare.data;
  const hasChanges = plan !== undefined && plan.differences.length > 0;
  return (
    <Form
      className="serai-part serai-wide"
      onSubmit={(event) => {
        event.preventDefault();
        compare.mutate();
      }}
    >
      <FormGroup label="A file of this computer" fieldId="file">
        <input id="file" type="file" accept=".yaml,.yml" onChange={chosen} />
      </FormGroup>
      {failure && !(failure instanceof Problem && failure.diagnostics.length > 0) && (
        <ProblemAlert failure={failure} />
      )}
      <FormGroup label="Or its text" fieldId="import">
        <DocumentArea
          id="import"
          label="YAML to import"
          rows={16}
          value={yaml}
          failure={failure}
          onChange={(text) => {
            setYaml(text);
            reset();
          }}
        />
      </FormGroup>
      <Checkbox
        id="prune"
        label="Take away what the file does not name"
        description="Only objects of the store; those of files stay."
        isChecked={isPruning}
        onChange={(_, checked) => {
          setPruning(checked);
          reset();
        }}
      />
      <ActionGroup>
        <Button
          type="submit"
          variant={hasChanges ? 'secondary' : 'primary'}
          isLoading={compare.isPending}
          isDisabled={yaml.trim() === '' || compare.isPending}
        >
          Compare
        </Button>
        {hasChanges && (
          <Button
            variant={plan.removed.length > 0 ? 'danger' : 'primary'}
            isLoading={apply.isPending}
            isDisabled={apply.isPending}
            onClick={() => apply.mutate()}
          >
            Import: {told(plan)}
          </Button>
        )}
      </ActionGroup>
      <div aria-live="polite">{plan && <Plan plan={plan} />}</div>
    </Form>
  );
}

/** What an import would do. */
function Plan({ plan }: { plan: ImportResult }) {
  return (
    <>
      {plan.differences.length === 0 && (
        <Alert
          component="p"
          isInline
          variant="success"
          title={`Nothing would change; ${counted(plan.unchanged.length, 'object')} are as the file says`}
        />
      )}
      {plan.warnings.length > 0 && (
        <Alert component="p" isInline variant="warning" title="What has no effect here">
          <Diagnostics diagnostics={plan.warnings} />
        </Alert>
      )}
      {plan.differences.map(({ object, before, after }) => (
        <section key={object} className="serai-part" aria-label={object}>
          <Title headingLevel="h3" size="md" className="serai-text">
            {after === '' ? 'gone' : before === '' ? 'new' : 'changed'}:{' '}
            {before === '' ? object : <Link to={`/objects/${path(object)}`}>{object}</Link>}
          </Title>
          {before === after ? (
            <p className="serai-note">A secret of it changes.</p>
          ) : (
            <Diff label={`Difference of ${object}`} before={before} after={after} />
          )}
        </section>
      ))}
      {plan.differences.length > 0 && plan.unchanged.length > 0 && (
        <ExpandableSection toggleText={`${counted(plan.unchanged.length, 'object')} unchanged`}>
          <List isPlain>
            {plan.unchanged.map((each) => (
              <ListItem key={each}>{each}</ListItem>
            ))}
          </List>
        </ExpandableSection>
      )}
    </>
  );
}

function told({ added, changed, removed }: ImportResult): string {
  return [
    added.length > 0 && `${added.length} new`,
    changed.length > 0 && `${changed.length} changed`,
    removed.length > 0 && `${removed.length} gone`,
  ]
    .filter(Boolean)
    .join(', ');
}
