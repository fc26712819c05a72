"""The words of every mail, by what it is about: signing in, proposals, reminders, reports. Plain text in English."""
