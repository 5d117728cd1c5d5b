import { hash } from 'node:crypto';

/** A fictitious person. The e-mail domains and phone numbers are reserved for examples and fiction. */
export interface Person {
  readonly sub: string;
  readonly firstName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phone: string;
  readonly age: number;
  /** Whether the names, the e-mail address and the phone number are verified. */
  readonly verified: boolean;
}

/** Names that fit together, and an unassigned phone range of the same country. */
interface Origin {
  readonly first: readonly string[];
  readonly family: readonly string[];
  /** Each `#` stands for a digit. */
  readonly phone: string;
}

const origins: readonly Origin[] = [
  {
    first: words('Amelia Callum Fiona George Harriet Imogen Oliver Priya Rhys Zainab'),
    family: words('Ahmed Barker Campbell Evans Hughes Mistry Okafor Pritchard Shaw Whitfield'),
    phone: '+447700900###', // reserved for fiction by Ofcom
  },
  {
    first: words('Aaliyah Brandon Caleb Desiree Ethan Grace Marisol Nathan Serena Tyler'),
    family: words('Alvarez Brooks Carter Delgado Foster Nguyen O’Neill Patterson Rivera Walker'),
    phone: '+120255501##', // 555-0100 to 555-0199 are reserved for fiction in North America
  },
  {
    first: words('Amélie Baptiste Chloé Damien Élodie François Inès Léa Mathéo Zoé'),
    family: words('Benoît Chevalier Diallo Fournier Garnier Lefèvre Moreau N’Diaye Rousseau Vasseur'),
    phone: '+3363998####', // reserved for fiction by Arcep
  },
  {
    first: words('Åsa Björn Ebba Filip Göran Hanna Linnéa Malin Nils Östen'),
    family: words('Åkesson Björklund Dahl Ekström Forsberg Hallström Lindqvist Nyström Sjöberg Öberg'),
    phone: '+467017406##', // 070-174 06 05 to 99 are reserved for fiction by PTS
  },
];
const domains = ['example.com', 'example.net', 'example.org'];

/** Makes an adult, verified person. The same seed makes the same person. */
export function personFromSeed(seed: string): Person {
  const digest = hash('sha256', seed, 'buffer');
  const origin = pick(origins, digest.readUInt8(8));
  const firstName = pick(origin.first, digest.readUInt16BE(0));
  const familyName = pick(origin.family, digest.readUInt16BE(2));
  const number = digest.readUInt16BE(4);
  return {
    sub: digest.toString('hex', 16, 28),
    firstName,
    familyName,
    email: `${plain(firstName)}.${plain(familyName)}.${number % 1_000}@${pick(domains, digest.readUInt8(6))}`,
    phone: dial(origin.phone, number),
    age: 18 + (digest.readUInt8(7) % 60),
    verified: true,
  };
}

function words(text: string): string[] {
  return text.split(' ');
}

function pick<T>(list: readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new RangeError('Nothing to pick from.');
  return found;
}

/** The name in lower-case ASCII letters, for an e-mail address. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** Replaces each `#` by a digit. It starts at 05, the first number of the Swedish range. */
function dial(pattern: string, number: number): string {
  const length = pattern.split('#').length - 1;
  const digits = String(5 + (number % (10 ** length - 5))).padStart(length, '0');
  return pattern.replace(/#+/, digits);
}
