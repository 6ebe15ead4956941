"""Loader: Django finds here what the capabilities define."""

import people.accounts.models
import people.activity.models
import people.bell.models
import people.calendar.models
import people.files.models
import people.imports.models
import people.keys.models
import people.limits.models
import people.mail.models
import people.notices.models
import people.org.models
import people.waiting.models
