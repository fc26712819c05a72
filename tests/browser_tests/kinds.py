"""Pages of every kind, by what they are."""

KINDS = {
    "home": "/",
    "results": "/search?q=stay+and+play",
    "results near a place": "/search?q=stay+and+play&near=TB5+3DY",
    "later results": "/search?q=family&page=2",
    "results with tags": "/search?q=todler+group+tuesday+brackenhill&age=3y-4y&sort=soonest",
    "results without words": "/search?q=&day=monday&cost=free",
    "results with urgent help": "/search?q=suicide",
    "nothing found": "/search?q=zzxxqqyyzz&near=Atlantis",
    "no words": "/search",
    "activity": "/listings/stay-and-play-brackenhill",
    "service": "/listings/citizens-advice-testbridge",
    "link": "/listings/childrens-portal",
    "urgent listing": "/listings/national-domestic-abuse-helpline",
    "hub": "/listings/brackenhill-family-hub",
    "spoke": "/listings/hallowden-spoke",
    "door": "/categories/pregnancy-and-babies",
    "category": "/categories/stay-and-play-toddler-groups",
    "sensitive category": "/categories/domestic-abuse",
    "a to z": "/a-to-z",
    "letter": "/a-to-z/s",
    "hubs": "/hubs",
    "my hub": "/hubs?near=TB5+3DY",
    "need help now": "/need-help-now",
    "content page": "/pages/about",
    "is something wrong": "/listings/stay-and-play-brackenhill/wrong",
    "is something wrong, in private": "/listings/national-domestic-abuse-helpline/wrong",
    "told what is wrong": "/listings/stay-and-play-brackenhill/wrong/sent?reference=AAA-AAA",
    "not there": "/no-such-page",
}
DUDLEY = {
    "hub": "/listings/halesowen-family-hub",
    "listing with two numbers": "/listings/domestic-abuse-dudley",
    "listing in many places": "/listings/early-help-enablers",
    "need help now": "/need-help-now",
    "long page": "/pages/early-help",
    "page for practitioners": "/pages/for-practitioners",
}
"""What Dudley's content has and the invented borough has not, or has less of."""
PREFIXES = {"en": "", "ur": "/ur"}
