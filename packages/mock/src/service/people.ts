import { createHash } from 'node:crypto';

/** A person who does not exist. E-mail domains and phone numbers are ranges reserved for examples and drama. */
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

/** Names that are met together, and a phone range of the same country that belongs to nobody. */
interface Origin {
  readonly first: readonly string[];
  readonly family: readonly string[];
  /** A hash stands for a digit. */
  readonly phone: string;
}

const origins: readonly Origin[] = [
  {
    first: words('Amelia Callum Fiona George Harriet Imogen Oliver Priya Rhys Zainab'),
    family: words('Ahmed Barker Campbell Evans Hughes Mistry Okafor Pritchard Shaw Whitfield'),
    phone: '+447700900###', // kept for drama by Ofcom
  },
  {
    first: words('Aaliyah Brandon Caleb Desiree Ethan Grace Marisol Nathan Serena Tyler'),
    family: words('Alvarez Brooks Carter Delgado Foster Nguyen O’Neill Patterson Rivera Walker'),
    phone: '+120255501##', // 555-0100 to 555-0199 are kept for fiction in North America
  },
  {
    first: words('Amélie Baptiste Chloé Damien Élodie François Inès Léa Mathéo Zoé'),
    family: words('Benoît Chevalier Diallo Fournier Garnier Lefèvre Moreau N’Diaye Rousseau Vasseur'),
    phone: '+3363998####', // kept for audiovisual works by Arcep
  },
  {
    first: words('Åsa Björn Ebba Filip Göran Hanna Linnéa Malin Nils Östen'),
    family: words('Åkesson Björklund Dahl Ekström Forsberg Hallström Lindqvist Nyström Sjöberg Öberg'),
    phone: '+467017406##', // 070-174 06 05 to 99 are kept for drama by PTS
  },
];
const domains = ['example.com', 'example.net', 'example.org'];

/** The same seed gives the same person: of age and verified. */
export function personFromSeed(seed: string): Person {
  const hash = createHash('sha256').update(seed).digest();
  const origin = pick(origins, hash.readUInt8(8));
  const firstName = pick(origin.first, hash.readUInt16BE(0));
  const familyName = pick(origin.family, hash.readUInt16BE(2));
  const number = hash.readUInt16BE(4);
  return {
    sub: hash.toString('hex', 16, 28),
    firstName,
    familyName,
    email: `${plain(firstName)}.${plain(familyName)}.${number % 1000}@${pick(domains, hash.readUInt8(6))}`,
    phone: dial(origin.phone, number),
    age: 18 + (hash.readUInt8(7) % 60),
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

/** Lower-case ASCII letters, as they are written in an address. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** Fills the hashes with the last digits of the number; 05 is the first number of the Swedish range. */
function dial(pattern: string, number: number): string {
  const length = pattern.split('#').length - 1;
  const digits = String(5 + (number % (10 ** length - 5))).padStart(length, '0');
  return pattern.replace(/#+/, digits);
}
