import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { TypeTheName } from '../shared/TypeTheName';
import { dropDraft } from './drafts';
import { deleteFile, fileName } from './files';

interface Props {
  user: string;
  file: string;
  etag: string;
  /** What it serves until then. */
  services: string[];
  onClose: () => void;
}

/** Deletes a file, and what is deployed of it, when its name was typed. */
export function DeleteFile({ user, file, etag, services, onClose }: Props) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <TypeTheName
      title="Delete the file?"
      name={fileName(file)}
      button="Delete"
      onClose={onClose}
      action={async () => {
        await deleteFile(file, etag);
        dropDraft(user, file);
        void queries.invalidateQueries();
        void navigate('/ide');
      }}
    >
      <p className="serai-text">
        {services.length === 0
          ? `${file} is deleted.`
          : `${file} is deleted, and ${services.join(', ')} can’t be called any more.`}
      </p>
    </TypeTheName>
  );
}
