"""The languages that people ask for help in."""

from collections.abc import Iterator

from directory.model.filters import ANY_LANGUAGE, Filter
from directory.search.understanding.wishes.asked import word_set
from directory.search.understanding.wishes.phrases import Rule, always, nothing

_NAMES = {
    "pl": "polish/polsku/polskim",
    "ro": "romanian/romana/romaneste/roumanian",
    "ur": "urdu/اردو/أردو",
    "pa": "punjabi/panjabi/ਪੰਜਾਬੀ/پنجابی",
    "ar": "arabic/عربي/عربية/العربية/بالعربية/بالعربي",
    "bn": "bengali/bangla/sylheti/bangladeshi-bengali",
    "gu": "gujarati/gujerati/gujrati",
    "hi": "hindi",
    "so": "somali",
    "fa": "farsi/persian",
    "prs": "dari",
    "ps": "pashto/pushto/pashtu/pukhto",
    "ku": "kurdish/sorani/kurmanji",
    "tr": "turkish",
    "uk": "ukrainian/ukranian",
    "ru": "russian",
    "bg": "bulgarian",
    "sk": "slovak/slovakian",
    "cs": "czech",
    "hu": "hungarian",
    "lt": "lithuanian",
    "lv": "latvian",
    "sq": "albanian",
    "zh": "cantonese/mandarin/chinese",
    "vi": "vietnamese",
    "tl": "tagalog/filipino",
    "ta": "tamil",
    "ml": "malayalam",
    "te": "telugu",
    "ne": "nepali",
    "si": "sinhala/sinhalese",
    "ti": "tigrinya",
    "am": "amharic",
    "sw": "swahili",
    "yo": "yoruba",
    "ig": "igbo",
    "sn": "shona",
    "rom": "romani/romanes",
}
"""Languages whose names alone ask for help in them."""
_LEARNED = {
    "fr": "french",
    "es": "spanish",
    "de": "german",
    "it": "italian",
    "pt": "portuguese/portugese",
    "cy": "welsh",
    "ga": "irish",
    "el": "greek",
    "ja": "japanese",
    "ko": "korean",
    "th": "thai",
    "nl": "dutch",
}
"""
        Languages that people also learn for pleasure, or whose names say more often what something is like.
        """
_LEARNING = word_set(
    """
    class classes lesson lessons learn learning course courses school schools gcse alevel tutor tutoring tuition
    homework nail nails shoe shoes car food shop shops supermarket restaurant takeaway church mosque dance
    dancing music culture heritage refugee refugees asylum visa passport embassy bath massage cookery cooking
    recipes teach teaching dishes university consulate flag teacher abuse racist racism racially being hate
    """
)
"""
        Words beside which the name of a language is a thing to learn, eat or belong to, not one to be spoken to
        in.
        """
_LEARNING_ENGLISH = word_set(
    "learn learning class classes course courses lesson lessons esol teach tutor improve improving"
)
_SPEAK = """
        speak/speaks/speaking/speaker/speakers/spoken/interpreter/interpreters/translator/translators/translation/language/version
        """
_IN = """
        in/into/speak/speaks/speaking/spoken/talk/talks/understand/understands/speaking-in/translated-into/translate-into/w/po/jezyk/jezyku/limba
        """
_ANY = always(Filter("language", ANY_LANGUAGE))


def _rules() -> Iterator[Rule]:
    for code, names in (_NAMES | _LEARNED).items():
        gives = always(Filter("language", code))
        yield Rule(
            gives,
            f"{names} {_SPEAK}; {_IN} {names}; someone/somebody who speaks/speak/talks {names}",
            unless=frozenset(("learn", "learning")),
        )
    for code, names in _NAMES.items():
        yield Rule(always(Filter("language", code)), names, unless=_LEARNING)


RULES = (
    *_rules(),
    Rule(
        nothing,
        """
        body/bad/foul/makaton/love/programming language/languages; speech and/&/~ language; language
        delay/delays/therapy/therapist/disorder; polish nails; nail polish; english/maths and english;
        interpreter/translator/interpreting job/jobs/course/training
        """,
    ),
    Rule(
        _ANY,
        """
        in/speak/speaks/speaking my/our/their/your/her/his own/home/first/native/~ language/languages; my/our own
        language; mother tongue; in another/a-different/different/other/another/many/several/community
        languages/language; other/different languages than/spoken; other languages;
        interpreter/interpreters/interpreting/interpretor;
        translator/translators/translate/translated/translation/translations;
        doesnt/dont/cant/not/doesn't/isnt/cannot/no/little speak/understand/speaking/speaks/read
        much/any/good/very-good/a-lot-of/~ english; does/do/can not speak/understand/read much/any/good/~ english;
        speak/speaks/with/little/hardly-any/barely/very-little/has no/little/~ english; english isnt/not/is-not
        my/our/her/his/their first language; no/little/poor/bad english; my/our english is/isnt not/~
        good/great/bad/poor/very-good; tlumacz/tlumacza/tlumaczem; traducator; w moim jezyku; in limba mea; apni
        zaban/zuban; مترجم; ترجمان
        """,
        unless=_LEARNING_ENGLISH,
    ),
    Rule(nothing, "english; speak/speaks/in/speaking english"),
)
