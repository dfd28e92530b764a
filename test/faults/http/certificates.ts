import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** A file with the authority that signed all but the self-signed one. */
  readonly authorityFile: string;
  readonly authority: string;
  readonly good: Certificate;
  readonly selfSigned: Certificate;
  readonly expired: Certificate;
  readonly wrongHost: Certificate;
  remove(): Promise<void>;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const here = 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost';

/** Makes an authority and what a TLS server may show, with the machine's openssl. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-tls-'));
  const openssl = (...args: readonly string[]): Promise<unknown> =>
    run('openssl', [...args], { cwd: folder });
  const read = async (name: string): Promise<Certificate> => ({
    key: await readFile(join(folder, `${name}.key`), 'utf8'),
    cert: await readFile(join(folder, `${name}.pem`), 'utf8'),
  });
  const selfSign = async (name: string, extension: string): Promise<Certificate> => {
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
    await openssl(
      'req',
      '-x509',
      ...newKey,
      ...files,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-addext',
      extension,
    );
    return await read(name);
  };
  const sign = async (name: string, names: string, days: string): Promise<Certificate> => {
    const files = ['-keyout', `${name}.key`, '-out', `${name}.csr`];
    await openssl('req', '-new', ...newKey, ...files, '-subj', `/CN=${name}`, '-addext', names);
    const authority = ['-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial'];
    const request = ['-req', '-in', `${name}.csr`, '-copy_extensions', 'copy', '-days', days];
    await openssl('x509', ...request, ...authority, '-out', `${name}.pem`);
    return await read(name);
  };
  const { cert: authority } = await selfSign('authority', 'basicConstraints=critical,CA:TRUE');
  return {
    authority,
    authorityFile: join(folder, 'authority.pem'),
    good: await sign('good', here, '2'),
    expired: await sign('expired', here, '-1'),
    wrongHost: await sign('wrong-host', 'subjectAltName=DNS:elsewhere.test', '2'),
    selfSigned: await selfSign('self-signed', here),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
