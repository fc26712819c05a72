"""A whole, sound, invented content of a few files, for tests that need one to break."""

from pathlib import Path

SITE = """\
title: Testbridge Family Directory
strapline: Help and things to do in an invented borough
area: Testbridge
notice: Testbridge is invented. Nothing here is real.
contact:
  name: The directory team
  email: team@example.org
review:
  service_months: 6
  activity_months: 4
  link_months: 6
  risky_months: 3
  letters_every_days: 7
"""
CATEGORIES = """\
categories:
- slug: under-5s
  name: Under-5s
  summary: Playing and learning
  categories:
  - slug: stay-and-play
    name: Stay and play
    words:
    - toddler group
  - slug: talking
    name: Talking and language
- slug: hubs
  name: Family hubs
  summary: Doors you can walk through
  categories:
  - slug: family-hubs
    name: Family hubs and spokes
"""
PLACES = """\
places:
- slug: brackenhill
  name: Brackenhill
  latitude: 53.582
  longitude: 1.979
  hub: brackenhill-family-hub
sectors:
- code: TB5 3
  latitude: 53.583
  longitude: 1.978
  place: brackenhill
"""
PROVIDER = """\
name: Testbridge Council
"""
HUB = """\
kind: hub
title: Brackenhill Family Hub
summary: Help under one roof.
provider: testbridge-council
categories:
- family-hubs
locations:
- address_1: 18 Foundry Street
  city: Brackenhill
  postal_code: TB5 3DY
  place: brackenhill
phones:
- number: 01632 960100
"""
LISTING = """\
kind: activity
title: Little Stars stay and play
summary: Play, songs and a cup of tea.
provider: testbridge-council
categories:
- stay-and-play
eligibility:
  minimum_age: 0 years
  maximum_age: 4 years
access:
  ways:
  - drop_in
cost:
  type: paid
  cost_options:
  - option: For each family
    amount_pence: 150
locations:
- at: brackenhill-family-hub
sessions:
- day: tuesday
  opens_at: "10:00"
  closes_at: "11:30"
  term: term_time
phones:
- number: 01632 960123
url: https://little-stars.example.org/
"""
FILES = {
    "site.yaml": SITE,
    "categories.yaml": CATEGORIES,
    "places.yaml": PLACES,
    "providers/testbridge-council.yaml": PROVIDER,
    "listings/brackenhill-family-hub.yaml": HUB,
    "listings/little-stars.yaml": LISTING,
}


def write_small_content(folder: Path) -> Path:
    """Writes the files below a folder and returns the folder."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
