import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useAddress } from './useAddress';

/** A choice that the address holds. */
export function Filter(props: { name: string; label: string; values: string[] }) {
  const { name, label, values } = props;
  const [address, change] = useAddress();
  const chosen = address.get(name) ?? '';
  const all = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
  return (
    <FormSelect
      aria-label={label}
      value={chosen}
      onChange={(_, value) => change({ [name]: value, page: '' })}
    >
      <FormSelectOption value="" label={`${label}: any`} />
      {all.map((value) => (
        <FormSelectOption key={value} value={value} label={value} />
      ))}
    </FormSelect>
  );
}
