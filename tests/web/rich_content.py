"""An invented content for tests of pages: each kind of listing once, and one listing that fills in every field."""

from pathlib import Path

from tests.small_content import CATEGORIES, FILES, PLACES, SITE, write_small_content

SITE_IN_THREE = (
    SITE.replace("languages:\n- en\n", "")
    + """\
security_contact: mailto:security@example.org
languages: [en, pl, ur]
unchecked_languages: [pl, ur]
translations:
  pl:
    title: Informator Testbridge
    strapline: Pomoc i zajęcia w zmyślonej gminie
"""
)
MORE_CATEGORIES = (
    CATEGORIES
    + """\
- slug: staying-safe
  name: Staying safe
  summary: Help when somebody hurts or frightens you
  sensitive: true
  categories:
  - slug: domestic-abuse
    name: Domestic abuse
- slug: empty-door
  name: Nothing here yet
  summary: Nobody has added anything
  categories:
  - slug: empty-room
    name: Empty room
- slug: for-practitioners
  name: For practitioners
  summary: For people who work with families
  hidden: true
  categories:
  - slug: panels
    name: Panels
    hidden: true
"""
)
MORE_PLACES = (
    PLACES
    + """\
venues:
- slug: corner-hall
  name: Corner Hall
  address_1: 1 High Street
  city: Brackenhill
  postal_code: TB5 3AB
  latitude: 53.58
  longitude: 1.98
notices:
- Contains invented postcode data.
"""
)
CALENDAR = """\
terms:
- name: Autumn term
  starts: 2026-09-02
  ends: 2026-12-18
holidays:
- name: Christmas holidays
  starts: 2026-12-19
  ends: 2027-01-03
bank_holidays:
- date: 2026-12-25
  name: Christmas Day
"""
URGENT = """\
cards:
- slug: danger
  title: Somebody is in danger
  when: You or somebody else is being hurt now
  phone: "999"
  hours: Always open
  what_happens: They ask where you are and send help.
  translations:
    pl:
      title: Ktoś jest w niebezpieczeństwie
      when: Komuś dzieje się krzywda
- slug: cannot-cope
  title: You cannot cope
  when: You want somebody to talk to
  text_number: "85258"
  text_keyword: SHOUT
  url: https://talk.example.org/
  listing: talk-line
rules:
  situations:
  - slug: in-danger
    title: Somebody is in danger
    cards: [danger]
    words: [danger]
  - slug: in-despair
    title: Somebody thinks of suicide
    cards: [cannot-cope]
    words: [suicide]
"""
ABOUT = """\
title: About this site
summary: Who runs it and why.
in_footer: true
body: |
  # What it is

  Read [the list](/a-to-z) or <nothing> else.

  * one thing
  * [another](https://example.org/)
""".replace("<nothing>", "nothing")
PANEL_PAGE = """\
title: How the panel works
summary: For people who work with families.
audience: practitioners
body: |
  Come along.
"""
EVERYTHING = """\
kind: activity
title: Toddler Tuesday
alternate_names: [Tots and co]
summary: Play and songs for toddlers.
description: |
  Come **and** play.

  * bring socks
provider: testbridge-council
categories: [stay-and-play]
publish_from: 2026-01-01
publish_until: 2027-12-31
eligibility:
  minimum_age: 6 months
  maximum_age: 4 years
  school_years: [nursery]
  send_needs: [autism, hearing]
  eligibility_description: Any parent or carer with a small child.
  not_for: Children at school.
access:
  ways: [drop_in, professional_referral]
  url: https://toddlers.example.org/start
  application_process: Somebody shows you round.
cost:
  type: paid
  cost_options:
  - option: Each child
    amount_pence: 250
    amount_description: with a drink
  - option: Second child
    amount_pence: 100
    valid_to: 2027-03-31
  fees_description: Pay by card at the door.
  haf: true
delivery: [in_person, online]
locations:
- at: corner-hall
  note: Use the side door.
- address_1: 9 Green Lane
  city: Brackenhill
  post_town: Testbridge
  postal_code: TB5 3CD
  place: brackenhill
service_areas: [brackenhill]
sessions:
- name: Small ones
  day: tuesday
  opens_at: "10:00"
  closes_at: "11:30"
  term: term_time
  note: Bring a coat.
  exceptions:
  - date: 2026-12-01
    change: cancelled
    note: The hall is being painted.
  - date: 2026-12-08
    change: moved
    to_date: 2026-12-09
- frequency: fortnightly
  day: friday
  opens_at: "13:00"
  closes_at: "14:00"
- frequency: monthly
  week: last
  day: saturday
  opens_at: "12:00"
  closes_at: "13:00"
opening_hours:
- days: [monday, tuesday, wednesday]
  opens_at: "09:00"
  closes_at: "17:00"
opening_note: The bell is on the left.
by_appointment: true
phones:
- number: 01632 960123
  description: Front desk
  hours: Weekday mornings
- number: 07700 900123
  takes_calls: false
  takes_texts: true
  text_keyword: TOTS
email: toddlers@example.org
url: https://toddlers.example.org/
booking_url: https://book.example.org/toddlers
languages: [en, pl, ur]
interpretation_services: Ask us two days before.
accessibility:
  facilities: [step_free, hearing_loop]
  description: The lift is small.
owner: testbridge-council
checked:
  on: 2026-11-01
  by: provider
  how: by phone
review_every_months: 6
sources:
- name: The provider's own page
  url: https://toddlers.example.org/about
  seen: 2026-10-01
  strength: A
  dated: "2025"
  fact: the times
source: {system: testbridge, id: L900}
internal_note: Nobody outside may read this.
translations:
  pl:
    title: Wtorek dla maluchów
related: [little-stars]
"""
SAFE = """\
kind: service
title: Safe Start
summary: Somebody to talk to when home is not safe.
provider: testbridge-council
categories: [domestic-abuse]
access: {ways: [contact]}
cost: {type: free}
locations:
- address_1: 77 Hidden Road
  city: Brackenhill
  postal_code: TB5 3ZZ
  place: brackenhill
  latitude: 53.5555
  longitude: 1.9555
  hide_exact_address: true
phones:
- number: 01632 960155
"""
TALK = """\
kind: link
title: Talk Line
summary: Text somebody at any hour.
provider: testbridge-council
categories: [talking]
service_areas: [national]
delivery: [phone]
urgent: true
url: https://talk.example.org/
"""
ENDED = """\
kind: activity
title: Old Club
summary: A club that is over.
provider: testbridge-council
categories: [talking]
status: defunct
access: {ways: [drop_in]}
"""
CLOSED = """\
kind: activity
title: Winter Club
summary: A club that sleeps.
provider: testbridge-council
categories: [talking]
status: temporarily closed
closed_until: 2027-03-01
access: {ways: [book]}
locations:
- at: brackenhill-family-hub
"""
PANEL = """\
kind: service
title: Family Panel
summary: Where workers meet.
provider: testbridge-council
categories: [panels]
eligibility: {audience: practitioners}
access: {ways: [contact]}
"""
CLUB = """\
kind: activity
title: Walking club {number:02}
summary: A walk for everybody.
provider: testbridge-council
categories: [talking]
access: {{ways: [drop_in]}}
service_areas: [borough]
"""
CLUBS = 23
RICH_FILES = {
    "site.yaml": SITE_IN_THREE,
    "categories.yaml": MORE_CATEGORIES,
    "places.yaml": MORE_PLACES,
    "calendar.yaml": CALENDAR,
    "urgent.yaml": URGENT,
    "pages/about.yaml": ABOUT,
    "pages/panel.yaml": PANEL_PAGE,
    "listings/toddler-tuesday.yaml": EVERYTHING,
    "listings/safe-start.yaml": SAFE,
    "listings/talk-line.yaml": TALK,
    "listings/old-club.yaml": ENDED,
    "listings/winter-club.yaml": CLOSED,
    "listings/family-panel.yaml": PANEL,
} | {f"listings/walking-club-{number:02}.yaml": CLUB.format(number=number) for number in range(1, CLUBS + 1)}


def write_rich_content(folder: Path) -> Path:
    """Writes the small content below a folder, these files over it, and returns the folder."""
    write_small_content(folder)
    for path, text in (FILES | RICH_FILES).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
