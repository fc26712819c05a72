"""Mail that is sent once. Hides the queue, SMTP, and the folder that mail goes to where no server is set up.

``put`` writes a mail down in the transaction of what it tells; ``Mailer.send_waiting`` sends what waits. The words
of every mail are in ``letters``.
"""

from directory.mail.outbox import Letter, Mailer, put
from directory.mail.ways import MailUnusable

__all__ = ["Letter", "MailUnusable", "Mailer", "put"]
