import { useState } from 'react';

import { Drawer } from '../components/drawer.js';
import { useI18n } from '../components/i18n.js';
import type { InstitutionChoiceFragment } from '../../generated/graphql.js';
import { ConnectForm } from './connect-form.js';
import { InstitutionSearch } from './institution-search.js';
import '../styles/forms.css';
import '../styles/panel.css';
import type { OpenMember } from '../connections/connection-list.js';

export interface AddPanelProps {
  readonly onClose: () => void;
  readonly onMember: OpenMember;
  /** Called when there is a new connection. */
  readonly onAdded: () => void;
}

/** Panel that connects a bank: the user chooses one, then enters credentials or continues by OAuth. */
export function AddPanel({ onClose, onMember, onAdded }: AddPanelProps) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<InstitutionChoiceFragment | null>(null);
  return (
    <Drawer title={chosen ? (chosen.name ?? chosen.code) : t('add.title')} onClose={onClose}>
      {chosen ? (
        <ConnectForm
          institution={chosen}
          onBack={() => setChosen(null)}
          onMember={(guid, isNew) => {
            onAdded();
            onMember(guid, isNew);
          }}
        />
      ) : (
        <InstitutionSearch onChoose={setChosen} />
      )}
    </Drawer>
  );
}
