"""Lists that sort, filter, search and page on the server, with their whole state in the URL."""

from core.lists.spec import Column, Filter, ListSpec
