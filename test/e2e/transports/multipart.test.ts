import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { captureLog } from '../../support/captured-log.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { MULTIPART, openMultipart } from '../../support/multipart-client.js';
import type { MultipartStream } from '../../support/multipart-client.js';
import { sendRaw } from '../../support/raw-request.js';
import { scrape } from '../../support/scrape.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const CHANGES = 'subscription { memberStatusChanged { memberGuid cause } }';
const FAST = { activeMs: 50, awaitingUserMs: 50, idleMs: 50 };
