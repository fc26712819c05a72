"""How people want to get to help: by turning up, without a referral, online, by phone, or at home."""

from directory.model.filters import Filter
from directory.search.understanding.wishes.asked import word_set
from directory.search.understanding.wishes.phrases import Rule, always, nothing

_RISKS = word_set(
    """
    safe safety safely bullied bullies bully bullying groomed grooming groomer stranger strangers photo photos
    picture pictures pics nude nudes image images gaming game games gambling betting gamble abuse abused predator
    predators scam scams scammed fraud porn sexting blackmail blackmailed blackmailing danger dangers threat threats
    threatening trolls troll trolling addicted addiction met meets meeting stalking stalked harassed harassment hate
    violence risk risks harm harmful protect monitor controls control filters spends friends friend videos
    radicalised extremism shopping man men guy boyfriend chatting recruited casino slots bingo horrible challenge
    stuff seen catfish catfished hacked sending sent posting posted nasty mean messages
    """
)
"""
        Words of those who fear what happens online; they do not ask for help that comes that way.
        """
_APPLYING = word_set("apply applying application applications register registering book booking pay")
_TALK = word_set("talk talking speak speaking chat support counselling counsellor advice help someone somebody")
_TOO_MUCH = word_set("addicted addiction always too constantly all time obsessed glued rude")

RULES = (
    Rule(
        nothing,
        """
        drop in
        income/weight/milk/confidence/attendance/grades/mood/temperature/wages/supply/blood/benefits/the/my/his/her
        """,
    ),
    Rule(
        always(Filter("how", "drop_in")),
        """
        drop in/ins; dropin/dropins; walk in/ins centre/clinic/service/session/~; walkin/walkins; just/can
        turn/show up; just turnup; turn up and play/go/join; turn up on the day; no/without an/a/the/~
        appointment/appointments/appt/booking/bookings/apointment; without booking/booked/making-an-appointment;
        dont have/need/want to book; no need to book; not have/having to book; no booking
        needed/required/necessary; do i need/have to book; bez umawiania; fara programare
        """,
        not_after=word_set("to cant wont cannot will can not didnt doesnt never"),
    ),
    Rule(
        always(Filter("how", "no_referral")),
        """
        no/without a/the/any/gp/doctors/~ referral/referrals/refferal/referal; self/myself
        refer/referral/referrals/referal/refferal/referring; selfrefer; selfreferral; refer my/our self/selves;
        refer myself/ourselves/yourself/him-myself/her-myself; refer my own son/daughter/child/children/kids; refer
        my son/daughter/child/children/kid/kids myself; dont need/want/have a/to-get-a/to-be referral/referred;
        do/does i/you need a/~ referral; without
        a/my/the/seeing-a/seeing-the/going-to-the/going-to-a/going-through-the/going-through-a/going-through/asking-the/asking-my/needing-a/~
        gp/doctor/doctors/dr; without going/having through/to the/my school/see-a-doctor/see-the-doctor; no/not
        gp/doctor referral/needed/needed-referral; bez skierowania; fara trimitere
        """,
    ),
    Rule(
        nothing,
        """
        apply/applying/application/applications/apply-for-it/register/book/booking/pay/order online; virtual
        school/head/reality; online
        safety/abuse/bullying/grooming/gambling/gaming/harm/harms/world/life/friends/shopping;
        safe/safer/safely/safety online; remote control
        """,
    ),
    Rule(
        always(Filter("how", "online")),
        """
        online/onlne; on line; virtual/virtually; zoom; on/over/via/by/through
        zoom/teams/skype/facetime/the-internet/video; webinar/webinars; video call/calls/chat; webchat; web
        chat; live chat; from home on my phone/mobile/laptop/tablet/computer/ipad; from my sofa/home; internet
        group/groups/course/courses; on my phone/laptop/tablet/computer from home;
        do/learn/study/course/courses/class/classes/lessons from home; przez internet; zdalnie
        """,
        unless=_RISKS | _APPLYING,
    ),
    Rule(
        always(Filter("how", "phone")),
        """
        by phone/telephone; over/via the/~ phone/telephone; phone/telephone
        line/lines/support/advice/counselling/service/consultation/appointment; phoneline/phonelines;
        someone/somebody/anyone/people/number/line/somewhere i/we/~ can/to/i-can/we-can/~
        ring/call/phone/telephone; someone/somebody/anyone/people to ring/call/phone; who/where can/do/should
        i/we ring/call/phone; number to ring/call/phone; call/ring/phone someone/somebody; telefonicznie; przez
        telefon; la telefon; phone par; فون پر; بالهاتف
        """,
    ),
    Rule(always(Filter("how", "phone")), "on the/~ phone/telephone", wants=_TALK, unless=_TOO_MUCH),
    Rule(
        always(Filter("how", "at_home")),
        """
        home visit/visits/visiting/visitor/visitors; visit/visits/visited me/us/you/people at
        home/my-home/your-home/our-home; come/comes/coming to/round/round-to/out-to the/my/our/your/peoples/~
        house/home/flat; come/comes/coming to/round me/us; come/comes round; see me/us at home;
        support/help/care/tuition/visits/therapy/physio/nurse/nursing/carer/carers/session/sessions/appointments
        at/in home/my-home/my-own-home/the-home/our-own-home; in my/our/your own home; housebound; house bound;
        wizyta/wizyty domowa/domowe/w-domu; pomoc w domu
        """,
        unless=word_set("hit hits hurt hurts violence violent abuse abused scared unsafe shouting fighting"),
    ),
)
