"""Joining pairs into chains: whatever is linked, directly or through others, is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

__all__ = ["Chains"]

T = TypeVar("T", bound=Hashable)


class Chains(Generic[T]):
    """A partition that grows coarser by linking (union-find with path halving)."""

    def __init__(self, members: Iterable[T] = ()) -> None:
        self._parent: dict[T, T] = {member: member for member in members}

    def find(self, member: T) -> T:
        """Return the representative of a member; an unknown one is added."""
        parent = self._parent
        parent.setdefault(member, member)
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def link(self, first: T, second: T) -> None:
        """Join the chains of two members."""
        one, other = self.find(first), self.find(second)
        if one != other:
            self._parent[other] = one

    def link_all(self, members: Iterable[T]) -> None:
        """Join the chains of all these members."""
        given = list(members)
        for member in given[1:]:
            self.link(given[0], member)

    def groups(self) -> list[list[T]]:
        """Return the chains in the order of their first members, and so inside."""
        found: dict[T, list[T]] = defaultdict(list)
        for member in list(self._parent):
            found[self.find(member)].append(member)
        return list(found.values())
