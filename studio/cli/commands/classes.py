"""``classes``: list, rename, merge and delete classes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from studio.app import Session
from studio.cli.arguments import add_project
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import change_document
from studio.cli.table import plain, render
from studio.domain.sample import SampleClass
from studio.labelling import operations


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="give it another name")
    action.add_argument(
        "--merge", nargs="+", metavar="NAME", help="the last takes over what the others hold"
    )
    action.add_argument("--delete", metavar="NAME", help="its samples have no class then")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    action = _action(options)
    with Session.open(options.project) as session:
        change = None if action is None else session.perform(action)
        classes = session.classes()
    document = {
        "change": None if change is None else change_document(change),
        "classes": [{"name": c.name, "samples": c.samples} for c in classes],
    }
    done = "" if change is None else f"{plain(change.operation.title)}.\n"
    return Outcome(document=document, text=done + _table(classes))


def _action(options: Namespace) -> operations.Action | None:
    if options.rename:
        old, new = options.rename
        return operations.RenameClass(old=old, new=new)
    if options.merge:
        *names, into = options.merge
        return operations.MergeClasses(names=tuple(names), into=into)
    return operations.DeleteClass(name=options.delete) if options.delete else None


def _table(classes: tuple[SampleClass, ...]) -> str:
    return render(("class", "samples"), [(plain(c.name), f"{c.samples:,}") for c in classes])


ENTRY = Command(
    id="classes",
    order=25,
    summary="list, rename, merge or delete classes",
    arguments=_arguments,
    run=_run,
)
