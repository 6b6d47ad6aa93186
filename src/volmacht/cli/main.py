"""The entry point: finds the verb, imports only its file, and turns expected problems into sentences.

Exit status: 0 done, 1 a problem (a sentence on standard error), 2 wrong use, 130 interrupted.
Imports no Django itself, so that `volmacht --help` answers at once.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from volmacht.cli.problem import CommandProblem

VERBS = {
    "run": "set everything up, load the demo scenario once, and serve",
    "serve": "serve pages, send messages and (profile demo) run the stand-ins",
    "migrate": "bring the database to this version",
    "worker": "send messages and do what must happen regularly",
    "audit": "verify the chain of audit events",
    "doctor": "say what is wrong with this installation",
    "staff": "add employees of the operator",
    "parties": "erase a person, with four eyes, when nothing about them must be kept",
    "catalogue": "load a catalogue file, or import and export CSV; proposed by one employee and approved by another",
    "peers": "pin authentication services and outside BVDs, with four eyes",
    "clients": "register who may ask over REST for whom a person acts, with four eyes",
    "metadata": "take in the SAML metadata of connections and peers, and tell what is stored",
    "keys": "make, list and renew keys: the key file, and those of the log-in interface",
    "pki": "make a test authority, and certificates for pre-production",
    "sample": "the sample service as that of your own organisation, for who connects",
    "outbox": "try messages again that could not be delivered",
    "backup": "copy the database while it is in use",
}


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser for all verbs; only the chosen verb's file is imported for its arguments."""
    parser = argparse.ArgumentParser(prog="volmacht", description="Mandates for government services.")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, explanation in VERBS.items():
        sub = verbs.add_parser(verb, help=explanation, description=explanation.capitalize() + ".")
        if verb == chosen:
            import_module(f"volmacht.cli.{verb}").add_arguments(sub)
    return parser


def _carry_out(arguments: argparse.Namespace) -> int:
    status: int = arguments.carry_out(arguments)
    return status


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command; returns its exit status."""
    words = sys.argv[1:] if words is None else list(words)
    chosen = next((word for word in words if word in VERBS), None)
    arguments = build_parser(chosen).parse_args(words)
    try:
        return _carry_out(arguments)
    except CommandProblem as problem:
        print(f"volmacht: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
