"""What the readers of wishes share: the words of a search, the wishes read from them, and words that set the scene."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from directory.model.filters import Filter
from directory.search.words import split


def word_set(text: str) -> frozenset[str]:
    """The words of a text, in whatever order."""
    return frozenset(word for _, word in split(text))


class Wish(NamedTuple):
    """A filter that ``words[first:last]`` of a search ask for."""

    filter: Filter
    first: int
    last: int


class Asked(NamedTuple):
    """The words of a search in order and as a set, and the day on which they are asked."""

    words: Sequence[str]
    said: frozenset[str]
    today: datetime.date

    @property
    def is_of_trouble(self) -> bool:
        """Whether the search tells of trouble, and of nothing to go to."""
        return not self.said.isdisjoint(TROUBLE) and self.said.isdisjoint(MEETINGS)

    def word(self, place: int) -> str:
        """The word at a place, empty before the first and after the last."""
        return self.words[place] if 0 <= place < len(self.words) else ""


class Taken(NamedTuple):
    """The words up to ``last`` have been read; without wishes, they are a name or an idiom that asks for none."""

    wishes: tuple[Wish, ...]
    last: int


def taken(filters: Sequence[Filter], first: int, last: int) -> Taken:
    """The words from ``first`` to ``last``, which ask for each of the filters."""
    return Taken(tuple(Wish(one, first, last) for one in filters), last)


OUTINGS = word_set(
    """
    activities activity advice anything art arts baking ballet basketball beavers boxing breakfast brownies cafe
    camp camps chess childcare childminder choir church cinema class classes clinic clinics club clubs coding
    coffee cooking course courses craft crafts creative creche cubs cycling dance dancing days drama drop esol
    event events exercise fitness food football forest fun garden gardening group groups guides gym gymnastics hub
    judo karate learning leisure lesson lessons library lunch market martial meet messy mosque museum music
    nursery open opening opens outing outings pantry parks party pilates pitch play playgroup playgroups playing
    pool rainbows rhyme rhymes rhymetime rugby running scouts sensory session sessions singing skate skating
    snooker soft something somewhere sport sports stay stories story storytime swap swim swimming tennis theatre
    things trampoline trampolining tuition tutor volunteer volunteering walk walks weigh weighing wellbeing whats
    workshop workshops yoga youth zumba
    """
)
"""Words of people who look for somewhere to go: beside them, "mornings" or "at night" says when they can."""

MEETINGS = word_set(
    """
    activities activity class classes clinic club clubs course courses drop dropin group groups meeting open
    opening opens programme session sessions stay workshop workshops
    """
)
"""Words for what happens on a day: with one of them, even those in trouble ask for a day."""

TROUBLE = word_set(
    """
    abuse abused abuses abusive afraid alone angry anxious appointment arrested attack attacked awake bailiff
    bailiffs beats bed bedwetting bereaved bills bite bites biting bullied bullies bullying cold contact cope
    coping court cries cry crying custody cut cutting dead depressed depression die died drank drink drinking
    drinks drunk dying electric electricity evicted eviction exhausted face fear feel feeling fell fight fighting
    fights frightened gas grief hate hates heating hit hits hitting homeless hopeless hungry hurt hurting hurts
    ill injury kicked kill lonely low meltdown meltdowns miscarriage misses missing money moved moving murder nap
    naps nightmare nightmares nowhere overdose paid panic panicking payday police punched raped refuse refuses
    refusing rent roof sad scared scream screaming screams settle shaking shout shouting shouts sick sickness
    slapped sleep sleeping sleepless sleeps soils stopped street streets stressed struggle struggling suicidal
    suicide sweats tantrum tantrums tears terrified terror terrors threatened threatening threw tired unwell upset
    violent vomiting wage wages wake wakes waking wet wets wetting woken wont worried
    """
)
"""Words of people in difficulty: beside them, a day or an hour tells what happened, not when to go somewhere."""
