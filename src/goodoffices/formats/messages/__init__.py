"""Mails and chats that somebody brings, read for what they say of themselves."""
